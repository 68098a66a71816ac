import { Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
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
import { ResetLink } from "./ResetLink.js";

export type Account = RecordOf<typeof listAccounts>;

/** What an operator can do with an account; the built-in one stays as it is. */
export function AccountActions({ account }: { readonly account: Account }) {
	const { id, name, operator, disabled } = account;
	const own = useAccount();
	const session = useSession();
	const confirm = useConfirm();
	const [resetting, dialog] = useDisclosure(false);
	const isOwn = own.id === id;
	const change = useEndpointMutation(changeAnyAccount, { refreshes: [listAccounts] });
	const remove = useEndpointMutation(deleteAccount, { refreshes: [listAccounts, listMembers] });
	const params = { accountId: id };
	const changeTo = async (body: { readonly operator?: boolean; readonly disabled?: boolean }) => {
		await change.mutateAsync({ params, body });
		// What one may oneself is shown all over the page.
		if (isOwn) await session.refetch();
	};

	const makeOperator = () =>
		confirm({
			title: `Make ${name} an operator?`,
			consequence: `${name} may then do everything in every workspace, make and delete workspaces, and change all accounts, yours too.`,
			confirm: "Make operator",
			onConfirm: () => changeTo({ operator: true }),
		});
	const takeOperator = () =>
		confirm({
			title: isOwn ? "Stop being an operator?" : `Make ${name} no operator any more?`,
			consequence: isOwn
				? "From the next call on you see only the workspaces you are a member of, and cannot take this back yourself: another operator can."
				: `From the next call on ${name} sees only the workspaces the account is a member of, with its role there. Admin keys can do no more than that either.`,
			confirm: isOwn ? "Stop being an operator" : "Take operator away",
			dangerous: true,
			onConfirm: () => changeTo({ operator: false }),
		});
	const disable = () =>
		confirm({
			title: isOwn ? "Disable your own account?" : `Disable ${name}?`,
			consequence: isOwn
				? "You are signed out everywhere at once and cannot sign in again, and your admin keys do nothing, until another operator enables the account."
				: `${name} is signed out everywhere at once and cannot sign in, and the account's admin keys do nothing. Memberships are kept. It can be enabled again at any time.`,
			confirm: "Disable account",
			dangerous: true,
			onConfirm: () => changeTo({ disabled: true }),
		});
	const enable = () =>
		change.mutate(
			{ params, body: { disabled: false } },
			{
				onSuccess: () => notifications.show({ message: `${name} can sign in again.` }),
				onError: ({ details }) =>
					notifications.show({ color: "red", title: details.title, message: details.fix }),
			},
		);
	const askDelete = () =>
		confirm({
			title: isOwn ? "Delete your own account?" : `Delete ${name}?`,
			consequence: `The account goes with its sessions, memberships and admin keys; programs that use those are refused at once. Keys of workspaces stay, and what ${isOwn ? "you" : name} did stays in the audit. This cannot be undone.`,
			confirm: "Delete account",
			dangerous: true,
			typed: name,
			onConfirm: async () => {
				await remove.mutateAsync({ params });
				notifications.show({ message: `${name} is deleted.` });
			},
		});

	return (
		<>
			<ActionsMenu name={name} busy={change.isPending}>
				<Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={dialog.open}>
					Password reset link
				</Menu.Item>
				{operator ? (
					<Menu.Item leftSection={<IconShieldMinus size={16} aria-hidden />} onClick={takeOperator}>
						Take operator away
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
