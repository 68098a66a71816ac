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
			description={`Where you are signed in. Sessions expire after ${idleHours} hours without use, and after ${days} days at the latest. End any you do not recognise, then change your password.`}
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
				{current && <Badge color="green">Current</Badge>}
			</Group>
		),
	},
	{
		title: "IP address",
		fit: true,
		cell: ({ address }) => {
			const location = describeAddress(address);
			return (
				<Stack gap={0}>
					<span>{address}</span>
					{location !== undefined && (
						<Text size="xs" c="dimmed" span>
							{location}
						</Text>
					)}
				</Stack>
			);
		},
	},
	{ title: "Started", fit: true, cell: ({ createdAt }) => <Time at={createdAt} /> },
	{ title: "Last used", fit: true, cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
	{ title: "Expires", fit: true, cell: ({ expiresAt }) => <Time at={expiresAt} /> },
	{
		title: "Actions",
		untitled: true,
		fit: true,
		right: true,
		cell: (session) => !session.current && <EndSession session={session} />,
	},
];

function EndSession({ session: { id, userAgent, address } }: { readonly session: Session }) {
	const confirm = useConfirm();
	const mutation = useEndpointMutation(endOneSession, {
		refreshes: [listSessions],
		success: () => "Session ended.",
	});
	const which = `${describeBrowser(userAgent)} from ${address}`;
	const ask = () =>
		confirm({
			title: "End this session?",
			consequence: `${which} is signed out immediately and needs your password to sign in again.`,
			confirm: "End session",
			dangerous: true,
			onConfirm: () => mutation.mutateAsync({ params: { sessionId: id } }).catch(ignoreNotFound),
		});
	return (
		<Button variant="default" size="compact-sm" onClick={ask} aria-label={`End session: ${which}`}>
			End
		</Button>
	);
}

function EndOtherSessions({ sessions }: { readonly sessions: readonly Session[] }) {
	const confirm = useConfirm();
	const api = useApi();
	const queryClient = useQueryClient();
	const count = sessions.length === 1 ? "1 other session is" : `${sessions.length} other sessions are`;
	const ask = () =>
		confirm({
			title: "End all other sessions?",
			consequence: `${count} signed out immediately. You stay signed in here.`,
			confirm: "End sessions",
			dangerous: true,
			onConfirm: async () => {
				try {
					for (const { id } of sessions) {
						await api.call(endOneSession, { params: { sessionId: id } }).catch(ignoreNotFound);
					}
				} finally {
					await queryClient.invalidateQueries({ queryKey: [listSessions.name] });
				}
				notifications.show({ message: "All other sessions ended." });
			},
		});
	return (
		<Button variant="default" onClick={ask}>
			End all other sessions
		</Button>
	);
}

/** A session that has already ended needs no error. */
function ignoreNotFound(thrown: unknown): void {
	if (asProblem(thrown).code !== "not_found") throw thrown;
}
