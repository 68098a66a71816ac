import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { deleteKey, disableKey, enableKey, getKey, listKeys, revokeKey } from "@shared/endpoints/keys.js";
import {
	IconDots,
	IconKeyOff,
	IconPencil,
	IconPlayerPause,
	IconPlayerPlay,
	IconRefresh,
	IconTrash,
} from "@tabler/icons-react";
import { generatePath, useNavigate } from "react-router";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { ActionsDropdown } from "../../ui/ActionsDropdown.js";
import { useConfirm } from "../../ui/Confirm.js";
import { EditKey } from "./EditKey.js";
import type { Key } from "./key.js";

interface KeyActionsProps {
	readonly workspaceId: string;
	readonly record: Key;
	readonly rotate: () => void;
}

/** What can be done with a key. */
export function KeyActions({ workspaceId, record: key, rotate }: KeyActionsProps) {
	const confirm = useConfirm();
	const navigate = useNavigate();
	const [editing, dialog] = useDisclosure(false);
	const refreshes = [getKey, listKeys];
	const enable = useEndpointMutation(enableKey, { refreshes });
	const disable = useEndpointMutation(disableKey, { refreshes });
	const revoke = useEndpointMutation(revokeKey, { refreshes });
	const remove = useEndpointMutation(deleteKey, { refreshes: [listKeys] });
	const params = { keyId: key.id };

	const askDelete = () =>
		confirm({
			title: `Delete ${key.name}?`,
			consequence:
				"Its record goes: name, settings, last use. What was done with it stays in the audit, and its calls in the usage. This cannot be undone.",
			confirm: "Delete key",
			dangerous: true,
			onConfirm: async () => {
				await remove.mutateAsync({ params });
				notifications.show({ message: `${key.name} is deleted.` });
				navigate(generatePath(dashboardPaths.keys, { workspaceId }));
			},
		});
	if (key.state === "revoked") {
		return (
			<Button
				color="red"
				variant="light"
				leftSection={<IconTrash size={16} aria-hidden />}
				onClick={askDelete}
			>
				Delete
			</Button>
		);
	}
	const enableNow = () =>
		enable.mutate(
			{ params },
			{
				onSuccess: () => notifications.show({ message: `Calls with ${key.name} are accepted again.` }),
				onError: ({ details }) =>
					notifications.show({ color: "red", title: details.title, message: details.fix }),
			},
		);
	const askDisable = () =>
		confirm({
			title: `Disable ${key.name}?`,
			consequence:
				"Within a second, every call with it is refused with key_disabled, in running game servers too. It can be enabled again at any time.",
			confirm: "Disable key",
			dangerous: true,
			onConfirm: () => disable.mutateAsync({ params }),
		});
	const askRevoke = () =>
		confirm({
			title: `Revoke ${key.name}?`,
			consequence:
				"Within a second, every token of it is refused with key_revoked, on every server instance and in running game servers too. This cannot be undone: whoever used it needs another key. To change the token only, rotate it instead.",
			confirm: "Revoke key",
			dangerous: true,
			typed: key.name,
			onConfirm: () => revoke.mutateAsync({ params }),
		});
	return (
		<>
			<Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={dialog.open}>
				Edit
			</Button>
			<Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={rotate}>
				Rotate
			</Button>
			<Menu position="bottom-end">
				<Menu.Target>
					<ActionIcon variant="default" size="input-sm" aria-label="More acts" loading={enable.isPending}>
						<IconDots size={16} aria-hidden />
					</ActionIcon>
				</Menu.Target>
				<ActionsDropdown>
					{key.state === "disabled" ? (
						<Menu.Item leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={enableNow}>
							Enable
						</Menu.Item>
					) : (
						<Menu.Item leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={askDisable}>
							Disable
						</Menu.Item>
					)}
					<Menu.Item color="red" leftSection={<IconKeyOff size={16} aria-hidden />} onClick={askRevoke}>
						Revoke
					</Menu.Item>
				</ActionsDropdown>
			</Menu>
			<EditKey workspaceId={workspaceId} record={key} opened={editing} close={dialog.close} />
		</>
	);
}
