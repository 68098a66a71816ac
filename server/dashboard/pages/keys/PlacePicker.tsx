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

/** Chooses the places a game key works in: all of the workspace's, or some. */
export function PlacePicker({ workspaceId, form }: PlacePickerProps) {
	const { restrictPlaces, placeIds } = form.values;
	const pages = useEndpointPages(listPlaces, { params: { workspaceId }, query: { limit: limits.pageSize } });
	const places = pages.records ?? [];
	// A place that was removed, or is on a page that is not loaded, is shown by its ID.
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
					<Radio value="all" label="All places in workspace" description="Including places added later." />
					<Radio value="some" label="Selected places only" />
				</Stack>
			</Radio.Group>
			{restrictPlaces && (
				<Input.Wrapper>
					<MultiSelect
						aria-label="Selected places"
						placeholder={placeIds.length === 0 ? "Choose places" : undefined}
						data={options}
						searchable
						maxValues={limits.placesPerKey}
						nothingFoundMessage="No matching places"
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
							Load more places
						</Button>
					)}
				</Input.Wrapper>
			)}
		</Stack>
	);
}
