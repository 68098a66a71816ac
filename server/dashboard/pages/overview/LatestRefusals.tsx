import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Anchor, Group, Skeleton, Text, Title } from "@mantine/core";
import { listDenials } from "@shared/endpoints/denials.js";
import { generatePath, Link } from "react-router";
import { useAnswer } from "../../api/useAnswer.js";
import { useWorkspace } from "../../shell/WorkspaceFrame.js";
import { RefusalItem } from "../refusals/RefusalItem.js";
import refusalClasses from "../refusals/Refusals.module.css";

const shownRefusals = 3;

export function LatestRefusals({ everyMs }: { readonly everyMs: number }) {
	const { id: workspaceId } = useWorkspace();
	const { data, error } = useAnswer(
		listDenials,
		{ params: { workspaceId }, query: { limit: shownRefusals } },
		{ everyMs },
	);
	return (
		<section aria-label="Latest refusals">
			<Group justify="space-between" mb="xs">
				<Title order={2}>Latest refusals</Title>
				<Anchor component={Link} to={generatePath(dashboardPaths.refusals, { workspaceId })} size="sm">
					All refusals
				</Anchor>
			</Group>
			{data === undefined && error === null && <Skeleton height={72} radius="md" />}
			{data === undefined && error !== null && (
				<Text size="sm" c="dimmed">
					They could not be loaded: {error.facts.title}.
				</Text>
			)}
			{data?.data.length === 0 && (
				<Text size="sm" c="dimmed">
					No call was refused.
				</Text>
			)}
			{data !== undefined && data.data.length > 0 && (
				<ul className={refusalClasses.list}>
					{data.data.map((refusal) => (
						<RefusalItem key={refusal.id} refusal={refusal} />
					))}
				</ul>
			)}
		</section>
	);
}
