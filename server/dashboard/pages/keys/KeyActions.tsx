import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
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
import { showFailure } from "../../ui/showFailure.js";
import { EditKey } from "./EditKey.js";
import type { Key } from "./key.js";

interface KeyActionsProps {
	readonly workspaceId: string;
	readonly record: Key;
	readonly rotate: () => void;
}

/** The actions for a key. */
export function KeyActions({ workspaceId, record: key, rotate }: KeyActionsProps) {
	const confirm = useConfirm();
	const navigate = useNavigate();
	const [editing, dialog] = useDisclosure(false);
	const refreshes = [getKey, listKeys];
	const enable = useEndpointMutation(enableKey, { refreshes, success: () => `Enabled ${key.name}.` });
	const disable = useEndpointMutation(disableKey, { refreshes, success: () => `Disabled ${key.name}.` });
	const revoke = useEndpointMutation(revokeKey, { refreshes, success: () => `Revoked ${key.name}.` });
	const remove = useEndpointMutation(deleteKey, {
		refreshes: [listKeys],
		success: () => `Deleted ${key.name}.`,
	});
	const params = { keyId: key.id };

	const askDelete = () =>
		confirm({
			title: `Delete ${key.name}?`,
			consequence:
				"The key's name, settings and last use are deleted. Its audit log and usage stay. This cannot be undone.",
			confirm: "Delete key",
			dangerous: true,
			onConfirm: async () => {
				await remove.mutateAsync({ params });

				navigate(generatePath(dashboardPaths.keys, { workspaceId }));
			},
		});
	if (key.status === "revoked") {
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
	const enableNow = () => enable.mutate({ params }, { onError: (problem) => showFailure(problem) });
	const askDisable = () =>
		confirm({
			title: `Disable ${key.name}?`,
			consequence:
				"Within a second, requests with this key are denied (key_disabled), also from running game servers. You can enable it again at any time.",
			confirm: "Disable key",
			dangerous: true,
			onConfirm: () => disable.mutateAsync({ params }),
		});
	const askRevoke = () =>
		confirm({
			title: `Revoke ${key.name}?`,
			consequence:
				"Within a second, every server instance denies requests with this key (key_revoked), also from running game servers. This cannot be undone: whatever uses the key needs a new one. To replace only the token, rotate the key instead.",
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
					<ActionIcon variant="default" size="input-sm" aria-label="More actions" loading={enable.isPending}>
						<IconDots size={16} aria-hidden />
					</ActionIcon>
				</Menu.Target>
				<ActionsDropdown>
					{key.status === "disabled" ? (
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
