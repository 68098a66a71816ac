import { Button, Group, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { changeAccount } from "@shared/endpoints/account.js";
import { listAccounts } from "@shared/endpoints/accounts.js";
import { listMembers } from "@shared/endpoints/members.js";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { useAccount, useSession } from "../../session/useSession.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { Section } from "../../ui/Section.js";
import { showFieldErrors } from "../../ui/showFieldErrors.js";
import { accountNameError } from "../entry/NewPassword.js";

export function NameSection() {
	const { name } = useAccount();
	const { refetch } = useSession();
	const mutation = useEndpointMutation(changeAccount, {
		refreshes: [listMembers, listAccounts],
		onDone: async (account) => {
			form.setInitialValues({ name: account.name });
			form.reset();
			await refetch();
			notifications.show({ message: `Username changed to ${account.name}.` });
		},
	});
	const form = useForm({ initialValues: { name }, validate: { name: accountNameError } });
	const rename = form.onSubmit((values) =>
		mutation.mutate(
			{ body: { name: values.name.trim() } },
			{ onError: (error) => showFieldErrors(form, error) },
		),
	);
	return (
		<Section title="Username" description="Used to sign in. Others see it in lists and in the audit log.">
			<form onSubmit={rename} noValidate>
				<Group align="flex-start" gap="xs">
					<TextInput
						aria-label="Username"
						autoComplete="username"
						autoCapitalize="none"
						spellCheck={false}
						flex="1 1 12rem"
						maw={320}
						{...form.getInputProps("name")}
					/>
					<Button type="submit" loading={mutation.isPending} disabled={!form.isDirty()}>
						Change username
					</Button>
				</Group>
				<ProblemNote problem={mutation.error} shownFields={["name"]} />
			</form>
		</Section>
	);
}
