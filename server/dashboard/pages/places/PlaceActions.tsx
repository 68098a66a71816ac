import { Menu, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { changePlace, deletePlace, listPlaces } from "@shared/endpoints/places.js";
import { IconPencil, IconPlayerPause, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { ActionsMenu } from "../../ui/ActionsMenu.js";
import { useConfirm } from "../../ui/Confirm.js";
import { PlaceNameForm } from "./PlaceNameForm.js";
import { type Place, placeName } from "./place.js";

/** What can be done with a place. */
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
	const change = useEndpointMutation(changePlace, { refreshes });
	const remove = useEndpointMutation(deletePlace, { refreshes });
	const name = placeName(place);
	const params = { workspaceId, placeId: place.id };

	const activate = () =>
		change.mutate(
			{ params, body: { status: "active" } },
			{
				onSuccess: () => notifications.show({ message: `Game keys work in ${name} again.` }),
				onError: ({ details }) =>
					notifications.show({ color: "red", title: details.title, message: details.fix }),
			},
		);
	const deactivate = () =>
		confirm({
			title: `Deactivate ${name}?`,
			consequence:
				"Within a second, every call from this place is refused with place_inactive, in running game servers too. It stays in the list, and can be activated again at any time.",
			confirm: "Deactivate",
			dangerous: true,
			onConfirm: () => change.mutateAsync({ params, body: { status: "inactive" } }),
		});
	const ask = () =>
		confirm({
			title: `Remove ${name}?`,
			consequence:
				"Within a second, every call from this place is refused with place_not_allowed, in running game servers too. It can be added again; its name is lost.",
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
