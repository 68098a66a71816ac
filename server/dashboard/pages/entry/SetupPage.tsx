import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Anchor, Stack, Text } from "@mantine/core";
import { createFirstAccount, getSetup } from "@shared/endpoints/session.js";
import { Link, useNavigate } from "react-router";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { CodeBlock } from "../../ui/CodeBlock.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Loading } from "../../ui/Loading.js";
import { EntryPage } from "./EntryPage.js";
import { NewAccountForm } from "./NewAccountForm.js";
import { useLinkCode } from "./useLinkCode.js";

/** The first account of an instance, made with the link that the server printed. */
export function SetupPage() {
	const code = useLinkCode();
	const navigate = useNavigate();
	const setup = useEndpointQuery(getSetup, {});
	const mutation = useEndpointMutation(createFirstAccount, {
		refreshes: [getSetup],
		onDone: () => navigate(dashboardPaths.workspaces, { replace: true }),
	});
	if (setup.error !== null) return <ErrorState problem={setup.error} tryAgain={setup.refetch} />;
	if (setup.data === undefined) return <Loading rows={4} />;
	// While the account is being made this becomes false, and the page is about to be left.
	if (!setup.data.needed && !mutation.isPending && !mutation.isSuccess) return <AlreadySetUp />;
	if (code === undefined) return <LinkNeeded />;
	return (
		<EntryPage
			title="Set up Placelock"
			description="Make the first account. It is an operator: it may do everything on this server, and invite others."
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
			description="There is no account yet. The first one is made with a link that only who runs the server can see."
		>
			<Stack gap="xs">
				<Text size="sm">
					Open the set-up link that the server printed when it started. It is good for 30 minutes, once; this
					prints a new one:
				</Text>
				<CodeBlock
					title="On the server, in Placelock's folder"
					code="node scripts/placelock.mjs setup-link"
				/>
			</Stack>
		</EntryPage>
	);
}

function AlreadySetUp() {
	return (
		<EntryPage
			title="Already set up"
			description="The first account was made. More people are let in by invitation."
		>
			<Anchor component={Link} to={dashboardPaths.signIn} size="sm">
				Sign in
			</Anchor>
		</EntryPage>
	);
}
