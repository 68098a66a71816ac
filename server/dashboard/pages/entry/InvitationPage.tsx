import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Anchor, Button, Stack, Text } from "@mantine/core";
import type { EndpointOutput } from "@shared/endpoint.js";
import { acceptInvitation, joinWorkspace, showInvitation } from "@shared/endpoints/invitations.js";
import { listWorkspaces } from "@shared/endpoints/workspaces.js";
import { useState } from "react";
import { generatePath, Link, useNavigate } from "react-router";
import type { Input } from "../../api/client.js";
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

/** Joins a workspace by invitation, with the current account, another one, or a new one. */
export function InvitationPage() {
	const code = useLinkCode();
	const [round, setRound] = useState(0);
	if (code === undefined) return <LinkInvalid missing />;
	// Remounted after signing out, which clears the cache, including this page's data.
	return <Invited key={round} code={code} restart={() => setRound(round + 1)} />;
}

interface InvitedProps {
	readonly code: string;
	/** Reloads the invitation. */
	readonly restart: () => void;
}

function Invited({ code, restart }: InvitedProps) {
	const navigate = useNavigate();
	const session = useSession();
	const invitation = useEndpointQuery(showInvitation, { body: { code } });
	const accept = useEndpointMutation(acceptInvitation, {
		success: () => `You joined ${invitation.data?.workspace.name}.`,
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
	// Creating the account signs in; the page is about to be left.
	const isAccepting = accept.isPending || accept.isSuccess;
	return (
		<EntryPage
			title={`Join ${workspace.name}`}
			description={
				<>
					You have been invited as <strong>{role}</strong>. {roleDescriptions[role]} The invitation expires{" "}
					<Time at={expiresAt} />.
				</>
			}
		>
			{session.data === null || isAccepting ? (
				<JoinSignedOut code={code} accept={accept} />
			) : (
				<JoinAs code={code} workspace={workspace} account={session.data.account} restart={restart} />
			)}
		</EntryPage>
	);
}

/**
 * Signs in here, not on the sign-in page: the code is only in this page's memory and
 * would have to be stored to survive the navigation.
 */
function JoinSignedOut({ code, accept }: { readonly code: string; readonly accept: Accept }) {
	const [hasAccount, setHasAccount] = useState(false);
	const [before, after] = hasAccount
		? ["No account yet?", "Create one"]
		: ["Already have an account?", "Sign in to join"];
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
	readonly workspace: { readonly id: string; readonly name: string };
	readonly account: { readonly name: string; readonly operator: boolean };
}

function JoinAs({ code, restart, workspace, account: { name, operator } }: JoinAsProps) {
	const navigate = useNavigate();
	const { busy, signOut } = useSignOut();
	const [problem, setProblem] = useState<unknown>();
	const to = generatePath(dashboardPaths.workspace, { workspaceId: workspace.id });
	const mutation = useEndpointMutation(joinWorkspace, {
		refreshes: [listWorkspaces],
		success: () => `You joined ${workspace.name}.`,
		onDone: () => navigate(to, { replace: true }),
	});
	return (
		<Stack>
			<Text size="sm">
				You are signed in as <strong>{name}</strong>.
			</Text>
			{operator && (
				<Text size="sm">
					As an operator you already have full access. Joining adds you to the members and uses up the link.
				</Text>
			)}
			<ProblemNote
				problem={mutation.error ?? problem}
				action={mutation.error?.code === "already_member" && <WorkspaceLink to={to} />}
			/>
			<Button loading={mutation.isPending} onClick={() => mutation.mutate({ body: { code } })}>
				Join workspace
			</Button>
			<Button variant="default" loading={busy} onClick={() => void signOut().then(restart, setProblem)}>
				Use another account
			</Button>
		</Stack>
	);
}

function WorkspaceLink({ to }: { readonly to: string }) {
	return (
		<Anchor component={Link} to={to} size="sm" c="inherit" underline="always">
			Open workspace
		</Anchor>
	);
}
