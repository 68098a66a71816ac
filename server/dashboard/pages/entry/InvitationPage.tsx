import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Anchor, Button, Stack, Text } from "@mantine/core";
import type { EndpointOutput } from "@shared/endpoint.js";
import { acceptInvitation, joinWorkspace, showInvitation } from "@shared/endpoints/invitations.js";
import { listWorkspaces } from "@shared/endpoints/workspaces.js";
import { useState } from "react";
import { generatePath, Link, useNavigate } from "react-router";
import type { Input } from "../../api/client.js";
import type { ApiProblem } from "../../api/problem.js";
import { type EndpointMutation, useEndpointMutation } from "../../api/useEndpointMutation.js";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { roleDescriptions } from "../../labels/roles.js";
import { SignInForm } from "../../session/SignInForm.js";
import { useSession } from "../../session/useSession.js";
import { useSignOut } from "../../session/useSignOut.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Loading } from "../../ui/Loading.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { Time } from "../../ui/Time.js";
import { EntryPage } from "./EntryPage.js";
import { LinkInvalid } from "./LinkInvalid.js";
import { NewAccountForm } from "./NewAccountForm.js";
import { useLinkCode } from "./useLinkCode.js";

type Accept = EndpointMutation<Input<typeof acceptInvitation>, EndpointOutput<typeof acceptInvitation>>;

/** Joins a workspace by invitation: with the account that is signed in, with another, or with a new one. */
export function InvitationPage() {
	const code = useLinkCode();
	const [round, setRound] = useState(0);
	if (code === undefined) return <LinkInvalid missing />;
	// Anew after signing out, which forgets all answers, this page's too.
	return <Invited key={round} code={code} startAnew={() => setRound(round + 1)} />;
}

interface InvitedProps {
	readonly code: string;
	/** Asks again what the link is for. */
	readonly startAnew: () => void;
}

function Invited({ code, startAnew }: InvitedProps) {
	const navigate = useNavigate();
	const session = useSession();
	const invitation = useEndpointQuery(showInvitation, { body: { code } });
	const accept = useEndpointMutation(acceptInvitation, {
		onDone: () =>
			navigate(generatePath(dashboardPaths.workspace, { workspaceId: invitation.data?.workspace.id ?? "" }), {
				replace: true,
			}),
	});
	if (invitation.error?.code === "link_invalid") return <LinkInvalid missing={false} />;
	const problem = invitation.error ?? session.error;
	if (problem !== null) return <ErrorState problem={problem} tryAgain={invitation.refetch} />;
	if (invitation.data === undefined || session.data === undefined) return <Loading rows={4} />;
	const { workspace, role, expiresAt } = invitation.data;
	// Making the account signs in; this page is then about to be left.
	const isAccepting = accept.isPending || accept.isSuccess;
	return (
		<EntryPage
			title={`Join ${workspace.name}`}
			description={
				<>
					You are invited to this workspace as <strong>{role}</strong>, who{" "}
					{roleDescriptions[role] ?? "has a role in it"}. The invitation ends <Time at={expiresAt} />.
				</>
			}
		>
			{session.data === null || isAccepting ? (
				<JoinSignedOut code={code} accept={accept} />
			) : (
				<JoinAs code={code} workspaceId={workspace.id} account={session.data.account} startAnew={startAnew} />
			)}
		</EntryPage>
	);
}

/**
 * Signing in happens here and not at the page for it: the code is in this
 * page's memory alone, and would have to be written somewhere to survive the way.
 */
function JoinSignedOut({ code, accept }: { readonly code: string; readonly accept: Accept }) {
	const [hasAccount, setHasAccount] = useState(false);
	const [before, after] = hasAccount
		? ["You have none yet?", "Make a new account"]
		: ["You have an account here?", "Sign in and join with it"];
	return (
		<Stack>
			{hasAccount ? (
				<SignInForm />
			) : (
				<NewAccountForm
					submit="Create account and join"
					create={(account) => accept.mutateAsync({ body: { code, ...account } })}
					problem={accept.error}
					busy={accept.isPending}
				/>
			)}
			<Text size="sm" c="dimmed">
				{before}{" "}
				<Anchor component="button" type="button" size="sm" onClick={() => setHasAccount(!hasAccount)}>
					{after}
				</Anchor>
			</Text>
		</Stack>
	);
}

interface JoinAsProps extends InvitedProps {
	readonly workspaceId: string;
	readonly account: { readonly name: string; readonly operator: boolean };
}

function JoinAs({ code, startAnew, workspaceId, account: { name, operator } }: JoinAsProps) {
	const navigate = useNavigate();
	const { busy, signOut } = useSignOut();
	const [problem, setProblem] = useState<unknown>();
	const to = generatePath(dashboardPaths.workspace, { workspaceId });
	const mutation = useEndpointMutation(joinWorkspace, {
		refreshes: [listWorkspaces],
		onDone: () => navigate(to, { replace: true }),
	});
	return (
		<Stack>
			<Text size="sm">
				You are signed in as <strong>{name}</strong>.
			</Text>
			{operator && (
				<Text size="sm">
					You are an operator, and may do everything there already. Joining lists you among its members, and
					uses up the link.
				</Text>
			)}
			<ProblemNote
				problem={mutation.error ?? problem}
				action={isAlreadyMember(mutation.error) && <WorkspaceLink to={to} />}
			/>
			<Button loading={mutation.isPending} onClick={() => mutation.mutate({ body: { code } })}>
				Join with this account
			</Button>
			<Button variant="default" loading={busy} onClick={() => void signOut().then(startAnew, setProblem)}>
				Use another account
			</Button>
		</Stack>
	);
}

function isAlreadyMember(problem: ApiProblem | null): boolean {
	return problem?.code === "conflict";
}

function WorkspaceLink({ to }: { readonly to: string }) {
	return (
		<Anchor component={Link} to={to} size="sm" c="inherit" underline="always">
			Open the workspace
		</Anchor>
	);
}
