import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { EndpointOutput } from "@shared/endpoint.js";
import { endOneSession, listSessions } from "@shared/endpoints/account.js";
import { limits } from "@shared/limits.js";
import { useQueryClient } from "@tanstack/react-query";
import { useApi } from "../../api/ApiContext.js";
import { asProblem } from "../../api/problem.js";
import { useAct } from "../../api/useAct.js";
import { useAnswer } from "../../api/useAnswer.js";
import { useConfirm } from "../../ui/Confirm.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Loading } from "../../ui/Loading.js";
import { type Column, RecordTable } from "../../ui/RecordTable.js";
import { Section } from "../../ui/Section.js";
import { Time } from "../../ui/Time.js";
import { addressInWords } from "../../words/addresses.js";
import { browserInWords } from "../../words/browsers.js";

type Session = EndpointOutput<typeof listSessions>["data"][number];

const secondsOfHour = 3600;
const idleHours = limits.sessionIdleSeconds / secondsOfHour;
const days = limits.sessionSeconds / secondsOfHour / 24;

/** Where the account is signed in. */
export function SessionsSection() {
	const { data, error, refetch } = useAnswer(listSessions, {});
	const others = data?.data.filter(({ current }) => !current) ?? [];
	return (
		<Section
			title="Sessions"
			about={`Where you are signed in. A session ends after ${idleHours} hours without use, and after ${days} days at the latest. End those you do not know, and then change your password.`}
			actions={others.length > 0 && <EndOthers sessions={others} />}
		>
			{data === undefined && error === null && <Loading rows={2} />}
			{data === undefined && error !== null && <ErrorState problem={error} tryAgain={refetch} />}
			{data !== undefined && (
				<RecordTable label="Sessions" columns={columns} records={data.data} keyOf={({ id }) => id} />
			)}
		</Section>
	);
}

const columns: readonly Column<Session>[] = [
	{
		title: "Browser",
		cell: ({ userAgent, current }) => (
			<Group gap={8}>
				<span title={userAgent}>{browserInWords(userAgent)}</span>
				{current && <Badge color="green">this one</Badge>}
			</Group>
		),
	},
	{
		title: "Begun from",
		fit: true,
		cell: ({ address }) => {
			const words = addressInWords(address);
			return (
				<Stack gap={0}>
					<span>{address}</span>
					{words !== undefined && (
						<Text size="xs" c="dimmed" span>
							{words}
						</Text>
					)}
				</Stack>
			);
		},
	},
	{ title: "Begun", fit: true, cell: ({ createdAt }) => <Time at={createdAt} /> },
	{ title: "Last used", fit: true, cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
	{ title: "Ends", fit: true, cell: ({ expiresAt }) => <Time at={expiresAt} /> },
	{
		title: "End",
		untitled: true,
		fit: true,
		right: true,
		cell: (session) => !session.current && <EndOne session={session} />,
	},
];

function EndOne({ session: { id, userAgent, address } }: { readonly session: Session }) {
	const confirm = useConfirm();
	const act = useAct(endOneSession, { refreshes: [listSessions] });
	const which = `${browserInWords(userAgent)} from ${address}`;
	const ask = () =>
		confirm({
			title: "End this session?",
			consequence: `${which} is signed out at once. Whoever sits there needs the password to come back.`,
			confirm: "End session",
			dangerous: true,
			act: () => act.mutateAsync({ params: { sessionId: id } }).catch(unlessOver),
		});
	return (
		<Button variant="default" size="compact-sm" onClick={ask} aria-label={`End the session: ${which}`}>
			End
		</Button>
	);
}

function EndOthers({ sessions }: { readonly sessions: readonly Session[] }) {
	const confirm = useConfirm();
	const api = useApi();
	const answers = useQueryClient();
	const count = sessions.length === 1 ? "One other session is" : `${sessions.length} other sessions are`;
	const ask = () =>
		confirm({
			title: "End all other sessions?",
			consequence: `${count} signed out at once. You stay signed in here.`,
			confirm: "End all others",
			dangerous: true,
			act: async () => {
				try {
					for (const { id } of sessions) {
						await api.call(endOneSession, { params: { sessionId: id } }).catch(unlessOver);
					}
				} finally {
					await answers.invalidateQueries({ queryKey: [listSessions.name] });
				}
				notifications.show({ message: "You are signed in here only." });
			},
		});
	return (
		<Button variant="default" onClick={ask}>
			End all others
		</Button>
	);
}

/** That a session has ended by itself meanwhile is what was wanted. */
function unlessOver(thrown: unknown): void {
	if (asProblem(thrown).code !== "not_found") throw thrown;
}
