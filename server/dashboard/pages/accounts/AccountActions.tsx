import { Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { changeAnyAccount, deleteAccount, listAccounts } from "@shared/endpoints/accounts.js";
import { listMembers } from "@shared/endpoints/members.js";
import {
	IconKey,
	IconPlayerPause,
	IconPlayerPlay,
	IconShieldMinus,
	IconShieldPlus,
	IconTrash,
} from "@tabler/icons-react";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import type { RecordOf } from "../../api/useEndpointPages.js";
import { useAccount, useSession } from "../../session/useSession.js";
import { ActionsMenu } from "../../ui/ActionsMenu.js";
import { useConfirm } from "../../ui/Confirm.js";
import { showFailure } from "../../ui/showFailure.js";
import { ResetLink } from "./ResetLink.js";

export type Account = RecordOf<typeof listAccounts>;

/** The actions an operator has for an account, other than the built-in one. */
export function AccountActions({ account }: { readonly account: Account }) {
	const { id, name, operator, disabled } = account;
	const own = useAccount();
	const session = useSession();
	const confirm = useConfirm();
	const [resetting, dialog] = useDisclosure(false);
	const isOwn = own.id === id;
	const change = useEndpointMutation(changeAnyAccount, {
		refreshes: [listAccounts],
		success: (_, { body }) => changeMessage(name, body),
	});
	const remove = useEndpointMutation(deleteAccount, {
		refreshes: [listAccounts, listMembers],
		success: () => `Deleted ${name}.`,
	});
	const params = { accountId: id };
	const changeTo = async (body: { readonly operator?: boolean; readonly disabled?: boolean }) => {
		await change.mutateAsync({ params, body });
		// The whole page depends on your own permissions.
		if (isOwn) await session.refetch();
	};

	const makeOperator = () =>
		confirm({
			title: `Make ${name} an operator?`,
			consequence: `${name} gets full access to this server: every workspace and every account, including yours.`,
			confirm: "Make operator",
			onConfirm: () => changeTo({ operator: true }),
		});
	const removeOperator = () =>
		confirm({
			title: isOwn ? "Remove your own operator access?" : `Remove ${name} as operator?`,
			consequence: isOwn
				? "You will only see workspaces you are a member of, from your next request on. Only another operator can undo this."
				: `${name} will only see workspaces they are a member of, with their role there. This also applies to their admin keys, from the next request on.`,
			confirm: "Remove operator access",
			dangerous: true,
			onConfirm: () => changeTo({ operator: false }),
		});
	const disable = () =>
		confirm({
			title: isOwn ? "Disable your own account?" : `Disable ${name}?`,
			consequence: isOwn
				? "You are signed out everywhere immediately, and your admin keys stop working. Only another operator can enable your account again."
				: `${name} is signed out everywhere immediately and cannot sign in. Their admin keys stop working. Memberships are kept, and you can enable the account at any time.`,
			confirm: "Disable account",
			dangerous: true,
			onConfirm: () => changeTo({ disabled: true }),
		});
	const enable = () =>
		change.mutate({ params, body: { disabled: false } }, { onError: (problem) => showFailure(problem) });
	const askDelete = () =>
		confirm({
			title: isOwn ? "Delete your own account?" : `Delete ${name}?`,
			consequence: `The account is deleted with its sessions, memberships and admin keys; scripts that use those keys stop working immediately. Workspace keys stay, and so do ${isOwn ? "your" : "its"} entries in the audit log. This cannot be undone.`,
			confirm: "Delete account",
			dangerous: true,
			typed: name,
			onConfirm: () => remove.mutateAsync({ params }),
		});

	return (
		<>
			<ActionsMenu name={name} busy={change.isPending}>
				<Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={dialog.open}>
					Create reset link
				</Menu.Item>
				{operator ? (
					<Menu.Item leftSection={<IconShieldMinus size={16} aria-hidden />} onClick={removeOperator}>
						Remove operator access
					</Menu.Item>
				) : (
					<Menu.Item leftSection={<IconShieldPlus size={16} aria-hidden />} onClick={makeOperator}>
						Make operator
					</Menu.Item>
				)}
				{disabled ? (
					<Menu.Item leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={enable}>
						Enable
					</Menu.Item>
				) : (
					<Menu.Item leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={disable}>
						Disable
					</Menu.Item>
				)}
				<Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={askDelete}>
					Delete
				</Menu.Item>
			</ActionsMenu>
			<ResetLink account={account} opened={resetting} close={dialog.close} />
		</>
	);
}

function changeMessage(
	name: string,
	{ operator, disabled }: { operator?: boolean; disabled?: boolean },
): string {
	if (operator !== undefined)
		return operator ? `${name} is now an operator.` : `${name} is no longer an operator.`;
	return disabled ? `Disabled ${name}.` : `Enabled ${name}.`;
}
