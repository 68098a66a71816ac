import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { EndpointOutput } from "@shared/endpoint.js";
import { endOneSession, listSessions } from "@shared/endpoints/account.js";
import { limits } from "@shared/limits.js";
import { useQueryClient } from "@tanstack/react-query";
import { useApi } from "../../api/ApiContext.js";
import { asProblem } from "../../api/problem.js";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { describeAddress } from "../../labels/addresses.js";
import { describeBrowser } from "../../labels/browsers.js";
import { useConfirm } from "../../ui/Confirm.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Loading } from "../../ui/Loading.js";
import { type Column, RecordTable } from "../../ui/RecordTable.js";
import { Section } from "../../ui/Section.js";
import { Time } from "../../ui/Time.js";

type Session = EndpointOutput<typeof listSessions>["data"][number];

const secondsOfHour = 3600;
const idleHours = limits.sessionIdleSeconds / secondsOfHour;
const days = limits.sessionSeconds / secondsOfHour / 24;

/** Where the account is signed in. */
export function SessionsSection() {
	const { data, error, refetch } = useEndpointQuery(listSessions, {});
	const others = data?.data.filter(({ current }) => !current) ?? [];
	return (
		<Section
			title="Sessions"
			description={`Where you are signed in. A session ends after ${idleHours} hours without use, and after ${days} days at the latest. End those you do not know, and then change your password.`}
			actions={others.length > 0 && <EndOtherSessions sessions={others} />}
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
				<span title={userAgent}>{describeBrowser(userAgent)}</span>
				{current && <Badge color="green">this one</Badge>}
			</Group>
		),
	},
	{
		title: "Begun from",
		fit: true,
		cell: ({ address }) => {
			const words = describeAddress(address);
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
		cell: (session) => !session.current && <EndSession session={session} />,
	},
];

function EndSession({ session: { id, userAgent, address } }: { readonly session: Session }) {
	const confirm = useConfirm();
	const mutation = useEndpointMutation(endOneSession, { refreshes: [listSessions] });
	const which = `${describeBrowser(userAgent)} from ${address}`;
	const ask = () =>
		confirm({
			title: "End this session?",
			consequence: `${which} is signed out at once. Whoever sits there needs the password to come back.`,
			confirm: "End session",
			dangerous: true,
			onConfirm: () => mutation.mutateAsync({ params: { sessionId: id } }).catch(unlessOver),
		});
	return (
		<Button variant="default" size="compact-sm" onClick={ask} aria-label={`End the session: ${which}`}>
			End
		</Button>
	);
}

function EndOtherSessions({ sessions }: { readonly sessions: readonly Session[] }) {
	const confirm = useConfirm();
	const api = useApi();
	const queryClient = useQueryClient();
	const count = sessions.length === 1 ? "One other session is" : `${sessions.length} other sessions are`;
	const ask = () =>
		confirm({
			title: "End all other sessions?",
			consequence: `${count} signed out at once. You stay signed in here.`,
			confirm: "End all others",
			dangerous: true,
			onConfirm: async () => {
				try {
					for (const { id } of sessions) {
						await api.call(endOneSession, { params: { sessionId: id } }).catch(unlessOver);
					}
				} finally {
					await queryClient.invalidateQueries({ queryKey: [listSessions.name] });
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
