import { Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { changePlace, listPlaces } from "@shared/endpoints/places.js";
import { limits } from "@shared/limits.js";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { DialogButtons } from "../../ui/DialogButtons.js";
import { maxCodePoints } from "../../ui/maxCodePoints.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { showFieldErrors } from "../../ui/showFieldErrors.js";
import type { Place } from "./place.js";

interface PlaceNameFormProps {
	readonly workspaceId: string;
	readonly place: Place;
	readonly close: () => void;
}

export function PlaceNameForm({ workspaceId, place, close }: PlaceNameFormProps) {
	const mutation = useEndpointMutation(changePlace, {
		refreshes: [listPlaces],
		onDone: close,
		success: ({ name }) => (name === undefined ? "Name removed." : `Renamed to ${name}.`),
	});
	const form = useForm({ initialValues: { name: place.name ?? "" } });
	const rename = form.onSubmit(({ name }) =>
		mutation.mutate(
			{
				params: { workspaceId, placeId: place.id },
				body: { name: name.trim() === "" ? null : name.trim() },
			},
			{ onError: (error) => showFieldErrors(form, error) },
		),
	);
	return (
		<form onSubmit={rename} noValidate>
			<Stack>
				<TextInput
					label="Name"
					description="Visible to your team and your games. Leave empty for no name."
					{...maxCodePoints(limits.nameLength)}
					data-autofocus
					{...form.getInputProps("name")}
				/>
				<ProblemNote problem={mutation.error} shownFields={["name"]} />
				<DialogButtons submit="Save" busy={mutation.isPending} close={close} />
			</Stack>
		</form>
	);
}
