import { Anchor, Badge, Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { listPlaces } from "@shared/endpoints/places.js";
import { IconExternalLink, IconMapPin, IconPlus } from "@tabler/icons-react";
import { useEndpointPages } from "../../api/useEndpointPages.js";
import { statusLabel } from "../../labels/statuses.js";
import { useCanEdit, useWorkspace } from "../../session/useWorkspace.js";
import { CopyButton } from "../../ui/CopyButton.js";
import { createdColumn } from "../../ui/createdColumn.js";
import { EmptyState } from "../../ui/EmptyState.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Loading } from "../../ui/Loading.js";
import { Page } from "../../ui/Page.js";
import { type Column, RecordTable } from "../../ui/RecordTable.js";
import { AddPlace } from "./AddPlace.js";
import { PlaceActions } from "./PlaceActions.js";
import type { Place } from "./place.js";

export function PlacesPage() {
	const { id: workspaceId } = useWorkspace();
	const canEdit = useCanEdit();
	const [adding, dialog] = useDisclosure(false);
	const pages = useEndpointPages(listPlaces, { params: { workspaceId } });
	const { records, problem } = pages;
	const add = canEdit ? (
		<Button leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
			Add place
		</Button>
	) : undefined;
	return (
		<Page
			title="Places"
			description="The Roblox places where this workspace's game keys work. Requests from anywhere else are denied."
			actions={records !== undefined && records.length > 0 && add}
		>
			{records === undefined && problem === undefined && <Loading />}
			{records === undefined && problem !== undefined && (
				<ErrorState problem={problem} tryAgain={pages.tryAgain} />
			)}
			{records?.length === 0 && (
				<EmptyState icon={IconMapPin} title="No places yet" action={add}>
					Game keys are denied everywhere until you add a place.
				</EmptyState>
			)}
			{records !== undefined && records.length > 0 && (
				<RecordTable
					label="Places"
					columns={columnsFor(workspaceId, canEdit)}
					records={records}
					keyOf={({ id }) => id}
					more={pages}
				/>
			)}
			<AddPlace workspaceId={workspaceId} opened={adding} close={dialog.close} />
		</Page>
	);
}

function columnsFor(workspaceId: string, canEdit: boolean): readonly Column<Place>[] {
	const columns: Column<Place>[] = [
		{
			title: "Name",
			cell: ({ name }) =>
				name ?? (
					<Text size="sm" c="dimmed" span>
						Unnamed
					</Text>
				),
		},
		{
			title: "Place ID",
			fit: true,
			cell: ({ id }) => (
				<Group gap={4} wrap="nowrap">
					<Anchor href={`https://www.roblox.com/games/${id}`} target="_blank" rel="noreferrer" size="sm">
						{id} <IconExternalLink size={12} aria-label="on roblox.com" />
					</Anchor>
					<CopyButton value={id} label={`Copy place ID ${id}`} small />
				</Group>
			),
		},
		{
			title: "Status",
			fit: true,
			cell: ({ status }) => (
				<Badge color={status === "active" ? "green" : "gray"}>{statusLabel(status)}</Badge>
			),
		},
		createdColumn("Added"),
	];
	if (canEdit) {
		columns.push({
			title: "Actions",
			untitled: true,
			fit: true,
			right: true,
			cell: (place) => <PlaceActions workspaceId={workspaceId} place={place} />,
		});
	}
	return columns;
}
