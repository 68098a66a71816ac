import { Menu, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { changePlace, deletePlace, listPlaces } from "@shared/endpoints/places.js";
import { IconPencil, IconPlayerPause, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import { useAct } from "../../api/useAct.js";
import { ActsMenu } from "../../ui/ActsMenu.js";
import { useConfirm } from "../../ui/Confirm.js";
import { PlaceNameForm } from "./PlaceNameForm.js";
import { type Place, placeName } from "./place.js";

/** What can be done with a place. */
export function PlaceActs({ workspaceId, place }: { readonly workspaceId: string; readonly place: Place }) {
	const confirm = useConfirm();
	const [renaming, dialog] = useDisclosure(false);
	const refreshes = [listPlaces];
	const change = useAct(changePlace, { refreshes });
	const remove = useAct(deletePlace, { refreshes });
	const name = placeName(place);
	const params = { workspaceId, placeId: place.id };

	const activate = () =>
		change.mutate(
			{ params, body: { status: "active" } },
			{
				onSuccess: () => notifications.show({ message: `Game keys work in ${name} again.` }),
				onError: ({ facts }) => notifications.show({ color: "red", title: facts.title, message: facts.fix }),
			},
		);
	const deactivate = () =>
		confirm({
			title: `Deactivate ${name}?`,
			consequence:
				"Within a second, every call from this place is refused with place_inactive, in running game servers too. It stays in the list, and can be activated again at any time.",
			confirm: "Deactivate",
			dangerous: true,
			act: () => change.mutateAsync({ params, body: { status: "inactive" } }),
		});
	const ask = () =>
		confirm({
			title: `Remove ${name}?`,
			consequence:
				"Within a second, every call from this place is refused with place_not_allowed, in running game servers too. It can be added again; its name is lost.",
			confirm: "Remove place",
			dangerous: true,
			act: () => remove.mutateAsync({ params }),
		});

	return (
		<>
			<ActsMenu name={name} busy={change.isPending && !renaming}>
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
			</ActsMenu>
			<Modal opened={renaming} onClose={dialog.close} title={`Rename ${name}`}>
				<PlaceNameForm workspaceId={workspaceId} place={place} close={dialog.close} />
			</Modal>
		</>
	);
}
