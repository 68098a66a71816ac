import { Menu, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { changePlace, deletePlace, listPlaces } from "@shared/endpoints/places.js";
import { IconPencil, IconPlayerPause, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { ActionsMenu } from "../../ui/ActionsMenu.js";
import { useConfirm } from "../../ui/Confirm.js";
import { showFailure } from "../../ui/showFailure.js";
import { PlaceNameForm } from "./PlaceNameForm.js";
import { type Place, placeName } from "./place.js";

/** The actions for a place. */
export function PlaceActions({
	workspaceId,
	place,
}: {
	readonly workspaceId: string;
	readonly place: Place;
}) {
	const confirm = useConfirm();
	const [renaming, dialog] = useDisclosure(false);
	const refreshes = [listPlaces];
	const name = placeName(place);
	const change = useEndpointMutation(changePlace, {
		refreshes,
		success: ({ status }) => `${status === "active" ? "Activated" : "Deactivated"} ${name}.`,
	});
	const remove = useEndpointMutation(deletePlace, { refreshes, success: () => `Removed ${name}.` });
	const params = { workspaceId, placeId: place.id };

	const activate = () =>
		change.mutate({ params, body: { status: "active" } }, { onError: (problem) => showFailure(problem) });
	const deactivate = () =>
		confirm({
			title: `Deactivate ${name}?`,
			consequence:
				"Within a second, requests from this place are denied (place_inactive), also from running game servers. You can activate it again at any time.",
			confirm: "Deactivate",
			dangerous: true,
			onConfirm: () => change.mutateAsync({ params, body: { status: "inactive" } }),
		});
	const ask = () =>
		confirm({
			title: `Remove ${name}?`,
			consequence:
				"Within a second, requests from this place are denied (place_not_allowed), also from running game servers. You can add it again, but its name is lost.",
			confirm: "Remove place",
			dangerous: true,
			onConfirm: () => remove.mutateAsync({ params }),
		});

	return (
		<>
			<ActionsMenu name={name} busy={change.isPending && !renaming}>
				<Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={dialog.open}>
					Rename
				</Menu.Item>
				{place.status === "active" ? (
					<Menu.Item leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={deactivate}>
						Deactivate
					</Menu.Item>
				) : (
					<Menu.Item leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={activate}>
						Activate
					</Menu.Item>
				)}
				<Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={ask}>
					Remove
				</Menu.Item>
			</ActionsMenu>
			<Modal opened={renaming} onClose={dialog.close} title={`Rename ${name}`}>
				<PlaceNameForm workspaceId={workspaceId} place={place} close={dialog.close} />
			</Modal>
		</>
	);
}
