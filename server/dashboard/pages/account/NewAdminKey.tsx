import { Checkbox, Radio, ScrollArea, Select, Stack, TagsInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { EndpointOutput } from "@shared/endpoint.js";
import { createAccountKey, listAccountKeys } from "@shared/endpoints/account.js";
import { limits } from "@shared/limits.js";
import { scopes } from "@shared/scopes.js";
import { useId, useState } from "react";
import { useEndpointMutation, useMutationPending } from "../../api/useEndpointMutation.js";
import { type Expiry, expiries, expiryAfter } from "../../labels/expiries.js";
import { ifTokenLost } from "../../labels/keys.js";
import { serverTime } from "../../serverTime.js";
import { useAccount } from "../../session/useSession.js";
import { DialogButtons } from "../../ui/DialogButtons.js";
import { maxCodePoints } from "../../ui/maxCodePoints.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { SecretDialog } from "../../ui/SecretDialog.js";
import { showFieldErrors } from "../../ui/showFieldErrors.js";
import { adminScopes, type Grant, grantedScopes } from "./adminScopes.js";
import { NewAdminToken } from "./NewAdminToken.js";

type Issued = EndpointOutput<typeof createAccountKey>;

interface NewAdminKeyProps {
	readonly opened: boolean;
	readonly close: () => void;
}

export function NewAdminKey({ opened, close }: NewAdminKeyProps) {
	const mutationKey = useId();
	const pending = useMutationPending(mutationKey);
	return (
		<SecretDialog<Issued>
			opened={opened}
			close={close}
			title="Create admin key"
			shownTitle="Copy your token now"
			name="token"
			ifLost={ifTokenLost}
			pending={pending}
			form={(show) => <NewAdminKeyForm mutationKey={mutationKey} show={show} close={close} />}
			display={({ token }, done) => <NewAdminToken token={token} close={done} />}
		/>
	);
}

interface Values {
	readonly name: string;
	readonly grant: Grant;
	readonly scopes: string[];
	readonly expiry: Expiry;
	readonly allowedIps: string[];
}

const fields = ["name", "scopes", "expiresAt", "allowedIps"];

function NewAdminKeyForm({
	mutationKey,
	show,
	close,
}: {
	/** Groups the mutation with the dialog that waits for it. */
	readonly mutationKey: string;
	readonly show: (issued: Issued) => void;
	readonly close: () => void;
}) {
	const { operator } = useAccount();
	const mutation = useEndpointMutation(createAccountKey, {
		refreshes: [listAccountKeys],
		onDone: show,
		mutationKey,
	});
	const form = useForm<Values>({
		initialValues: { name: "", grant: "read", scopes: [], expiry: "90", allowedIps: [] },
		validate: {
			name: (name) => (name.trim() === "" ? "Enter a name." : null),
			scopes: (chosen, { grant }) =>
				grant === "custom" && chosen.length === 0 ? "Select at least one scope." : null,
		},
	});
	const { grant } = form.values;
	// Expiries count from here, so that a retry after a lost response sends the same request.
	const [openedAt] = useState(serverTime);
	const create = form.onSubmit(({ name, scopes: chosen, expiry, allowedIps }) =>
		mutation.mutate(
			{
				body: {
					name: name.trim(),
					scopes: grantedScopes(grant, chosen, operator),
					expiresAt: expiryAfter(expiry, openedAt),
					allowedIps: allowedIps.length === 0 ? undefined : allowedIps,
				},
			},
			{ onError: (error) => showFieldErrors(form, error) },
		),
	);
	return (
		<form onSubmit={create} noValidate>
			<Stack>
				<TextInput
					label="Name"
					description='For example "Deploy script".'
					{...maxCodePoints(limits.nameLength)}
					autoComplete="off"
					required
					data-autofocus
					{...form.getInputProps("name")}
				/>
				<Radio.Group label="Permissions" {...form.getInputProps("grant")}>
					<Stack gap="xs" mt={6}>
						<Radio value="read" label="Read only" description="See everything you can see, change nothing." />
						<Radio
							value="full"
							label="Full access"
							description="Everything you can do, now and in the future."
						/>
						<Radio value="custom" label="Custom" description="Only the scopes you select." />
					</Stack>
				</Radio.Group>
				{grant === "custom" && (
					<Checkbox.Group aria-label="Scopes" {...form.getInputProps("scopes")}>
						<ScrollArea.Autosize mah={260} type="auto" offsetScrollbars viewportProps={{ tabIndex: 0 }}>
							<Stack gap="xs">
								{adminScopes(operator).map((scope) => (
									<Checkbox key={scope} value={scope} label={scopes[scope]} description={scope} />
								))}
							</Stack>
						</ScrollArea.Autosize>
					</Checkbox.Group>
				)}
				<Select
					label="Expires"
					description="Expiring keys are safer."
					data={expiries}
					error={form.errors.expiresAt}
					{...form.getInputProps("expiry")}
				/>
				<TagsInput
					label="Allowed IPs"
					description="IPv4 and IPv6 addresses, or ranges such as 203.0.113.0/24. Leave empty to allow any address."
					acceptValueOnBlur
					splitChars={[",", " ", ";"]}
					error={addressError(form.errors)}
					value={form.values.allowedIps}
					onChange={(allowedIps) => form.setFieldValue("allowedIps", allowedIps)}
				/>
				<ProblemNote problem={mutation.error} shownFields={[...fields, ...addressFields(form.errors)]} />
				<DialogButtons submit="Create admin key" busy={mutation.isPending} close={close} />
			</Stack>
		</form>
	);
}

/** The server reports an invalid address by its position: `allowedIps.1`. */
function addressFields(errors: object): readonly string[] {
	return Object.keys(errors).filter((path) => /^allowedIps\b/.test(path));
}

function addressError(errors: Readonly<Record<string, unknown>>): string | undefined {
	const messages = addressFields(errors).map((path) => {
		const position = /\d+/.exec(path)?.[0];
		return position === undefined ? String(errors[path]) : `Entry ${Number(position) + 1}: ${errors[path]}`;
	});
	return messages.length === 0 ? undefined : messages.join(" ");
}
