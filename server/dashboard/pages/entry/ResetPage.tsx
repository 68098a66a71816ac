import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Alert, Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { resetPassword, showPasswordReset } from "@shared/endpoints/session.js";
import { IconUserExclamation } from "@tabler/icons-react";
import { useNavigate } from "react-router";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { useSession } from "../../session/useSession.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Loading } from "../../ui/Loading.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { showFieldErrors } from "../../ui/showFieldErrors.js";
import { Time } from "../../ui/Time.js";
import { EntryPage } from "./EntryPage.js";
import { LinkInvalid } from "./LinkInvalid.js";
import { NewPassword, passwordError } from "./NewPassword.js";
import { useLinkCode } from "./useLinkCode.js";

/** Sets a new password with a one-time link. */
export function ResetPage() {
	const code = useLinkCode();
	const { data: session } = useSession();
	const reset = useEndpointQuery(
		showPasswordReset,
		{ body: { code: code ?? "" } },
		{ enabled: code !== undefined },
	);
	if (code === undefined) return <LinkInvalid missing />;
	if (reset.error?.code === "link_invalid") return <LinkInvalid missing={false} />;
	if (reset.error !== null) return <ErrorState problem={reset.error} tryAgain={reset.refetch} />;
	if (reset.data === undefined) return <Loading rows={4} />;
	const { name, expiresAt } = reset.data;
	return (
		<EntryPage
			title="Choose a new password"
			description={
				<>
					For the account <strong>{name}</strong>. All its other sessions will end. The link expires{" "}
					<Time at={expiresAt} />.
				</>
			}
		>
			{session != null && session.account.name !== name && (
				<Alert color="yellow" icon={<IconUserExclamation aria-hidden />}>
					You are signed in as {session.account.name}. Setting the password signs you in as {name} instead.
				</Alert>
			)}
			<ResetForm code={code} name={name} />
		</EntryPage>
	);
}

function ResetForm({ code, name }: { readonly code: string; readonly name: string }) {
	const navigate = useNavigate();
	const mutation = useEndpointMutation(resetPassword, {
		success: () => "Password changed.",
		onDone: () => navigate(dashboardPaths.workspaces, { replace: true }),
	});
	const form = useForm({ initialValues: { password: "" }, validate: { password: passwordError } });
	const choose = form.onSubmit(({ password }) =>
		mutation.mutate({ body: { code, password } }, { onError: (error) => showFieldErrors(form, error) }),
	);
	return (
		<form onSubmit={choose} noValidate>
			<Stack>
				{/* Shown for password managers: the username the password belongs to. */}
				<TextInput label="Username" value={name} readOnly autoComplete="username" />
				<NewPassword {...form.getInputProps("password")} />
				<ProblemNote problem={mutation.error} shownFields={["password"]} />
				<Button type="submit" loading={mutation.isPending} fullWidth>
					Set password and sign in
				</Button>
			</Stack>
		</form>
	);
}
