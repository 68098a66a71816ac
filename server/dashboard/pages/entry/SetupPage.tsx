import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Anchor, Stack, Text } from "@mantine/core";
import { createFirstAccount, getSetup } from "@shared/endpoints/session.js";
import { limits } from "@shared/limits.js";
import { Link, useNavigate } from "react-router";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { CodeBlock } from "../../ui/CodeBlock.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Loading } from "../../ui/Loading.js";
import { EntryPage } from "./EntryPage.js";
import { NewAccountForm } from "./NewAccountForm.js";
import { useLinkCode } from "./useLinkCode.js";

/** Creates the first account of a server, with the link it printed. */
export function SetupPage() {
	const code = useLinkCode();
	const navigate = useNavigate();
	const setup = useEndpointQuery(getSetup, {});
	const mutation = useEndpointMutation(createFirstAccount, {
		success: ({ account }) => `Created the account ${account.name}.`,
		refreshes: [getSetup],
		onDone: () => navigate(dashboardPaths.workspaces, { replace: true }),
	});
	if (setup.error !== null) return <ErrorState problem={setup.error} tryAgain={setup.refetch} />;
	if (setup.data === undefined) return <Loading rows={4} />;
	// Becomes false once the account is created; the page is about to be left.
	if (!setup.data.needed && !mutation.isPending && !mutation.isSuccess) return <AlreadySetUp />;
	if (code === undefined) return <LinkNeeded />;
	return (
		<EntryPage
			title="Set up Placelock"
			description="Create the first account. It is an operator, with full access to this server, and can invite others."
		>
			<NewAccountForm
				submit="Create account"
				create={(account) => mutation.mutateAsync({ body: { code, ...account } })}
				problem={mutation.error}
				busy={mutation.isPending}
			/>
		</EntryPage>
	);
}

function LinkNeeded() {
	return (
		<EntryPage
			title="Set up Placelock"
			description="No account exists yet. Create the first one with the setup link that the server printed when it started."
		>
			<Stack gap="xs">
				<Text size="sm">
					The link is valid for {limits.oneTimeLinkSeconds / 60} minutes and can be used once. To get a new
					one:
				</Text>
				<CodeBlock title="On the server, in Placelock's folder" code="npx placelock setup-link" />
			</Stack>
		</EntryPage>
	);
}

function AlreadySetUp() {
	return (
		<EntryPage
			title="Already set up"
			description="The first account exists. To get one too, ask an owner or operator for an invitation."
		>
			<Anchor component={Link} to={dashboardPaths.signIn} size="sm">
				Sign in
			</Anchor>
		</EntryPage>
	);
}
