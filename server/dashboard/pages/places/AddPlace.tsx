import { extractPlaceId } from "@isomorphic/extractPlaceId.js";
import { Modal, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { listPlaces, putPlace } from "@shared/endpoints/places.js";
import { limits } from "@shared/limits.js";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { useEndpointPages } from "../../api/useEndpointPages.js";
import { DialogButtons } from "../../ui/DialogButtons.js";
import { maxCodePoints } from "../../ui/maxCodePoints.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { showFieldErrors } from "../../ui/showFieldErrors.js";
import { placeName } from "./place.js";

interface AddPlaceProps {
	readonly workspaceId: string;
	readonly opened: boolean;
	readonly close: () => void;
}

export function AddPlace({ workspaceId, opened, close }: AddPlaceProps) {
	return (
		<Modal opened={opened} onClose={close} title="Add place">
			<AddPlaceForm workspaceId={workspaceId} close={close} />
		</Modal>
	);
}

function AddPlaceForm({ workspaceId, close }: Omit<AddPlaceProps, "opened">) {
	const { records: places = [] } = useEndpointPages(listPlaces, { params: { workspaceId } });
	const mutation = useEndpointMutation(putPlace, {
		refreshes: [listPlaces],
		onDone: close,
		success: (place) => `Added ${placeName(place)}.`,
	});
	const form = useForm({
		initialValues: { place: "", name: "" },
		validate: { place: (place) => placeError(place, places) },
	});
	const read = extractPlaceId(form.values.place) ?? "";
	const isLink = /^\d+$/.test(read) && read !== form.values.place.trim();
	const add = form.onSubmit(({ place, name }) =>
		mutation.mutate(
			{
				params: { workspaceId, placeId: extractPlaceId(place) ?? "" },
				body: { name: name.trim() === "" ? undefined : name.trim() },
			},
			{ onError: (error) => showFieldErrors(form, error) },
		),
	);
	return (
		<form onSubmit={add} noValidate>
			<Stack>
				<TextInput
					label="Place ID or link"
					description="The number in your game's URL, or the whole URL from roblox.com/games or the Creator Hub."
					placeholder="https://www.roblox.com/games/123456/My-Game"
					autoComplete="off"
					spellCheck={false}
					required
					data-autofocus
					{...form.getInputProps("place")}
				/>
				{isLink && (
					<Text size="sm" mt={-8}>
						Place ID: <strong>{read}</strong>
					</Text>
				)}
				<TextInput
					label="Name"
					description='Optional label, for example "Lobby" or "Test".'
					{...maxCodePoints(limits.nameLength)}
					{...form.getInputProps("name")}
				/>
				<ProblemNote problem={mutation.error} shownFields={["name"]} />
				<DialogButtons submit="Add place" busy={mutation.isPending} close={close} />
			</Stack>
		</form>
	);
}

function placeError(given: string, places: readonly { readonly id: string }[]): string | null {
	const id = extractPlaceId(given) ?? "";
	if (id === "") return "Enter a place ID or a link to the place.";
	if (!/^[1-9]\d{0,18}$/.test(id)) {
		return "Enter a place ID (digits only) or a link to a place on roblox.com.";
	}
	if (places.some((place) => place.id === id)) return `Place ${id} has already been added.`;
	return null;
}
