import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Anchor, Group, Skeleton, Text, Title } from "@mantine/core";
import { listDenials } from "@shared/endpoints/denials.js";
import { generatePath, Link } from "react-router";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { useWorkspace } from "../../session/useWorkspace.js";
import { DenialItem } from "../denials/DenialItem.js";
import denialClasses from "../denials/Denials.module.css";

const shownDenials = 3;

export function LatestDenials({ refetchEveryMs }: { readonly refetchEveryMs: number }) {
	const { id: workspaceId } = useWorkspace();
	const { data, error } = useEndpointQuery(
		listDenials,
		{ params: { workspaceId }, query: { limit: shownDenials } },
		{ refetchEveryMs },
	);
	return (
		<section aria-label="Latest denied requests">
			<Group justify="space-between" mb="xs">
				<Title order={2}>Latest denied requests</Title>
				<Anchor component={Link} to={generatePath(dashboardPaths.denials, { workspaceId })} size="sm">
					All denied requests
				</Anchor>
			</Group>
			{data === undefined && error === null && <Skeleton height={72} radius="md" />}
			{data === undefined && error !== null && (
				<Text size="sm" c="dimmed">
					Could not be loaded: {error.details.title}.
				</Text>
			)}
			{data?.data.length === 0 && (
				<Text size="sm" c="dimmed">
					No denied requests.
				</Text>
			)}
			{data !== undefined && data.data.length > 0 && (
				<ul className={denialClasses.list}>
					{data.data.map((denial) => (
						<DenialItem key={denial.id} denial={denial} />
					))}
				</ul>
			)}
		</section>
	);
}
