import { Button, Input, MultiSelect, Radio, Stack } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { listPlaces } from "@shared/endpoints/places.js";
import { limits } from "@shared/limits.js";
import { useEndpointPages } from "../../api/useEndpointPages.js";
import type { KeyFormValues } from "./keyForm.js";

interface PlacePickerProps {
	readonly workspaceId: string;
	readonly form: UseFormReturnType<KeyFormValues>;
}

/** Chooses where a game key works: everywhere its workspace does, or in some of those places. */
export function PlacePicker({ workspaceId, form }: PlacePickerProps) {
	const { restrictPlaces, placeIds } = form.values;
	const pages = useEndpointPages(listPlaces, { params: { workspaceId }, query: { limit: limits.pageSize } });
	const places = pages.records ?? [];
	// A place that was removed since, or is on a page that is not loaded yet, has its id for a name.
	const unknown = placeIds.filter((id) => !places.some((place) => place.id === id));
	const options = [
		...places.map(({ id, name }) => ({ value: id, label: name === undefined ? id : `${name} (${id})` })),
		...unknown.map((id) => ({ value: id, label: id })),
	];
	return (
		<Stack gap="xs">
			<Radio.Group
				label="Places"
				value={restrictPlaces ? "some" : "all"}
				onChange={(choice) => form.setFieldValue("narrowed", choice === "some")}
			>
				<Stack gap="xs" mt={4}>
					<Radio
						value="all"
						label="All places of the workspace"
						description="Those that are added later too."
					/>
					<Radio value="some" label="Only some of them" />
				</Stack>
			</Radio.Group>
			{restrictPlaces && (
				<Input.Wrapper>
					<MultiSelect
						aria-label="Places where it works"
						placeholder={placeIds.length === 0 ? "Choose places" : undefined}
						data={options}
						searchable
						maxValues={limits.placesPerKey}
						nothingFoundMessage="No place of this workspace is like that."
						{...form.getInputProps("placeIds")}
					/>
					{pages.hasMore && (
						<Button
							variant="subtle"
							size="xs"
							mt={4}
							loading={pages.isLoadingMore}
							onClick={() => pages.loadMore()}
						>
							Load more places to choose from
						</Button>
					)}
				</Input.Wrapper>
			)}
		</Stack>
	);
}
