import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Anchor, Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { getKey } from "@shared/endpoints/keys.js";
import { listPlaces } from "@shared/endpoints/places.js";
import { IconCircleCheck } from "@tabler/icons-react";
import { generatePath, Link } from "react-router";
import { useAllRecords } from "../../api/useAllRecords.js";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { basePath } from "../../basePath.js";
import { useCanEdit, useWorkspace } from "../../session/useWorkspace.js";
import { useConfirm } from "../../ui/Confirm.js";
import classes from "./Denials.module.css";
import type { Denial } from "./denial.js";
import { type Fix, fixFor, nextRequest, type Situation } from "./fix.js";
import { useFix } from "./useFix.js";

/** The fix for a denied request, as a button where one click applies it. */
export function FixButton({ denial }: { readonly denial: Denial }) {
	const workspace = useWorkspace();
	const key = useEndpointQuery(getKey, { params: { keyId: denial.keyId } });
	const places = useAllRecords(listPlaces, { params: { workspaceId: workspace.id } });
	const deleted = key.error?.code === "not_found";
	if ((key.data === undefined && !deleted) || places.data === undefined) {
		const failed = (deleted ? null : key.error) ?? places.error;
		if (failed === null) return <FixSkeleton />;
		return (
			<Text size="sm" c="dimmed">
				Could not load a fix: {failed.details.title}.
			</Text>
		);
	}
	const situation = { workspace, key: deleted ? undefined : key.data, places: places.data };
	return <FixShown denial={denial} fix={fixFor(denial, situation)} situation={situation} />;
}

/** Placeholder for a fix. */
export function FixSkeleton() {
	return <Skeleton height={14} width={160} my={6} />;
}

interface FixShownProps {
	readonly denial: Denial;
	readonly fix: Fix;
	readonly situation: Situation;
}

function FixShown({ denial, fix, situation }: FixShownProps) {
	if (fix.kind === "done") {
		return (
			<Group gap={6} wrap="nowrap" align="flex-start" className={classes.done}>
				<IconCircleCheck size={18} aria-hidden />
				<Text size="sm">{fix.text}</Text>
			</Group>
		);
	}
	if (fix.kind === "apply") return <ApplyFix denial={denial} fix={fix} situation={situation} />;
	return (
		<Stack gap={2} align="flex-start">
			<Text size="sm">{fix.text}</Text>
			{fix.kind === "link" ? (
				<FixLink fix={fix} keyId={denial.keyId} />
			) : (
				<Anchor href={`${basePath}/docs/errors#${denial.code}`} size="sm">
					See {denial.code} in the documentation
				</Anchor>
			)}
		</Stack>
	);
}

function FixLink({ fix, keyId }: { readonly fix: Extract<Fix, { kind: "link" }>; readonly keyId: string }) {
	const { id: workspaceId } = useWorkspace();
	const canEdit = useCanEdit();
	if (fix.to === "newKey" && !canEdit) return <RequiredRole atLeast="admin" />;
	const to = generatePath(dashboardPaths[fix.to], { workspaceId, keyId });
	return (
		<Anchor component={Link} to={to} size="sm">
			{fix.label}
		</Anchor>
	);
}

function ApplyFix({
	denial: { keyId },
	fix,
	situation,
}: Omit<FixShownProps, "fix"> & { readonly fix: Extract<Fix, { kind: "apply" }> }) {
	const { id: workspaceId, role } = useWorkspace();
	const confirm = useConfirm();
	const mutation = useFix();
	const { steps, label, consequence, done, role: needed } = fix;
	if (role !== "owner" && role !== needed) {
		return (
			<Stack gap={2}>
				<Text size="sm">{label}</Text>
				<RequiredRole atLeast={needed} />
			</Stack>
		);
	}
	const ask = () =>
		confirm({
			title: `${label}?`,
			consequence,
			confirm: verbOf(label),
			onConfirm: async () => {
				const outcome = nextRequest(steps, situation);
				await mutation.mutateAsync({ workspaceId, keyId, steps });
				notifications.show({ color: "green", title: done, message: outcome });
			},
		});
	return (
		<Button
			variant="light"
			size="xs"
			onClick={ask}
			loading={mutation.isPending}
			classNames={{ root: classes.fix, label: classes.fixLabel }}
		>
			{label}
		</Button>
	);
}

function RequiredRole({ atLeast }: { readonly atLeast: "admin" | "owner" }) {
	return (
		<Text size="xs" c="dimmed">
			{atLeast === "owner" ? "Only owners can do this." : "Only owners and admins can do this."}
		</Text>
	);
}

/** The verb of a label, for the dialog's button: its title says the rest. */
function verbOf(label: string): string {
	return label.split(" ")[0] ?? label;
}
