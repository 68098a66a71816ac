import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Anchor, Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { getKey } from "@shared/endpoints/keys.js";
import { listPlaces } from "@shared/endpoints/places.js";
import { IconCircleCheck } from "@tabler/icons-react";
import { generatePath, Link } from "react-router";
import { useAll } from "../../api/useAll.js";
import { useAnswer } from "../../api/useAnswer.js";
import { useMayChange, useWorkspace } from "../../shell/WorkspaceFrame.js";
import { useConfirm } from "../../ui/Confirm.js";
import { where } from "../../where.js";
import { type Fix, fixFor, nextCall, type Situation } from "./fix.js";
import classes from "./Refusals.module.css";
import type { Refusal } from "./refusal.js";
import { useFix } from "./useFix.js";

/** The one thing that lets a refused call through, as a button where one press does it. */
export function FixButton({ refusal }: { readonly refusal: Refusal }) {
	const workspace = useWorkspace();
	const key = useAnswer(getKey, { params: { keyId: refusal.keyId } });
	const places = useAll(listPlaces, { params: { workspaceId: workspace.id } });
	const deleted = key.error?.code === "not_found";
	if ((key.data === undefined && !deleted) || places.data === undefined) {
		const failed = (deleted ? null : key.error) ?? places.error;
		if (failed === null) return <FixSkeleton />;
		return (
			<Text size="sm" c="dimmed">
				What fixes it could not be found out: {failed.facts.title}.
			</Text>
		);
	}
	const situation = { workspace, key: deleted ? undefined : key.data, places: places.data };
	return <FixShown refusal={refusal} fix={fixFor(refusal, situation)} situation={situation} />;
}

/** Stands where a fix will be. */
export function FixSkeleton() {
	return <Skeleton height={14} width={160} my={6} />;
}

interface FixShownProps {
	readonly refusal: Refusal;
	readonly fix: Fix;
	readonly situation: Situation;
}

function FixShown({ refusal, fix, situation }: FixShownProps) {
	if (fix.kind === "done") {
		return (
			<Group gap={6} wrap="nowrap" align="flex-start" className={classes.done}>
				<IconCircleCheck size={18} aria-hidden />
				<Text size="sm">{fix.says}</Text>
			</Group>
		);
	}
	if (fix.kind === "act") return <FixAct refusal={refusal} fix={fix} situation={situation} />;
	return (
		<Stack gap={2} align="flex-start">
			<Text size="sm">{fix.says}</Text>
			{fix.kind === "go" ? (
				<FixLink fix={fix} keyId={refusal.keyId} />
			) : (
				<Anchor href={`${where}/docs/errors#${refusal.code}`} size="sm">
					{refusal.code} in the documentation
				</Anchor>
			)}
		</Stack>
	);
}

function FixLink({ fix, keyId }: { readonly fix: Extract<Fix, { kind: "go" }>; readonly keyId: string }) {
	const { id: workspaceId } = useWorkspace();
	const mayChange = useMayChange();
	if (fix.to === "newKey" && !mayChange) return <OnlyFor least="admin" />;
	const to = generatePath(dashboardPaths[fix.to], { workspaceId, keyId });
	return (
		<Anchor component={Link} to={to} size="sm">
			{fix.label}
		</Anchor>
	);
}

function FixAct({
	refusal: { keyId },
	fix,
	situation,
}: Omit<FixShownProps, "fix"> & { readonly fix: Extract<Fix, { kind: "act" }> }) {
	const { id: workspaceId, role } = useWorkspace();
	const confirm = useConfirm();
	const act = useFix();
	const { steps, label, consequence, done, role: needed } = fix;
	if (role !== "owner" && role !== needed) {
		return (
			<Stack gap={2}>
				<Text size="sm">{label}</Text>
				<OnlyFor least={needed} />
			</Stack>
		);
	}
	const ask = () =>
		confirm({
			title: `${label}?`,
			consequence,
			confirm: verbOf(label),
			act: async () => {
				const then = nextCall(steps, situation);
				await act.mutateAsync({ workspaceId, keyId, steps });
				notifications.show({ color: "green", title: done, message: then });
			},
		});
	return (
		<Button
			variant="light"
			size="xs"
			onClick={ask}
			loading={act.isPending}
			classNames={{ root: classes.fix, label: classes.fixLabel }}
		>
			{label}
		</Button>
	);
}

function OnlyFor({ least }: { readonly least: "admin" | "owner" }) {
	return (
		<Text size="xs" c="dimmed">
			{least === "owner"
				? "Only owners of the workspace can do this."
				: "Only owners and admins of the workspace can do this."}
		</Text>
	);
}

/** "Add place", of "Add place 123 to this workspace": the dialog's title says the rest. */
function verbOf(label: string): string {
	return label.split(" ")[0] ?? label;
}
