import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Alert, Button, Group, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { createKey, listKeys } from "@shared/endpoints/keys.js";
import { listPlaces } from "@shared/endpoints/places.js";
import { limits } from "@shared/limits.js";
import { IconMapPin, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { generatePath, Link } from "react-router";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { useEndpointPages } from "../../api/useEndpointPages.js";
import { ifTokenLost } from "../../labels/keys.js";
import { serverTime } from "../../serverTime.js";
import { useCanEdit, useWorkspace } from "../../session/useWorkspace.js";
import { EmptyState } from "../../ui/EmptyState.js";
import { useLeaveGuard } from "../../ui/LeaveGuards.js";
import { Page } from "../../ui/Page.js";
import { usePendingSecretGuard } from "../../ui/usePendingSecretGuard.js";
import { AddPlace } from "../places/AddPlace.js";
import { GameSteps } from "./GameSteps.js";
import { KeyFields } from "./KeyFields.js";
import { KeyProblem } from "./KeyProblem.js";
import type { IssuedKey } from "./key.js";
import { emptyKey, newKey } from "./keyForm.js";
import { NewTokenAlert } from "./NewTokenAlert.js";
import { ServiceSteps } from "./ServiceSteps.js";
import { useKeyForm } from "./useKeyForm.js";

export function NewKeyPage() {
	const canEdit = useCanEdit();
	const [issued, setIssued] = useState<IssuedKey>();
	if (issued !== undefined) return <Issued issued={issued} />;
	return (
		<Page title="Create key">
			{canEdit ? (
				<NewKeyForm onIssued={setIssued} />
			) : (
				<EmptyState icon={IconPlus} title="Viewers cannot create keys">
					Ask an owner of this workspace to make you an admin.
				</EmptyState>
			)}
		</Page>
	);
}

function NewKeyForm({ onIssued }: { readonly onIssued: (issued: IssuedKey) => void }) {
	const { id: workspaceId } = useWorkspace();
	const { form, showErrors } = useKeyForm(emptyKey);
	const mutation = useEndpointMutation(createKey, { refreshes: [listKeys], onDone: onIssued });
	const [adding, dialog] = useDisclosure(false);
	const places = useEndpointPages(listPlaces, { params: { workspaceId }, query: { limit: limits.pageSize } });
	// Expiries count from here, so that a retry after a lost response sends the same request.
	const [openedAt] = useState(serverTime);
	const submit = form.onSubmit((values) =>
		mutation.mutate({ params: { workspaceId }, body: newKey(values, openedAt) }, { onError: showErrors }),
	);
	usePendingSecretGuard(mutation.isPending, "token", ifTokenLost);
	useLeaveGuard(form.isDirty() && !mutation.isPending && !mutation.isSuccess, {
		title: "Leave without creating the key?",
		consequence: "What you have entered will be lost.",
		stay: "Stay here",
		leave: "Leave",
	});
	const placeless = places.records?.length === 0 && (
		<Alert color="yellow" icon={<IconMapPin aria-hidden />} title="This workspace has no places yet">
			<Stack gap="sm" align="flex-start">
				Game keys are denied everywhere until you add a place. You can do that now or later.
				<Button
					variant="default"
					size="xs"
					leftSection={<IconPlus size={14} aria-hidden />}
					onClick={dialog.open}
				>
					Add place
				</Button>
			</Stack>
		</Alert>
	);
	return (
		<>
			<form onSubmit={submit} noValidate>
				<Stack gap="lg" maw={640}>
					<KeyFields
						workspaceId={workspaceId}
						form={form}
						withKind
						afterKind={form.values.kind === "game" && placeless}
					/>
					<KeyProblem problem={mutation.error} />
					<Group gap="xs">
						<Button type="submit" loading={mutation.isPending}>
							Create key
						</Button>
						<Button
							component={Link}
							to={generatePath(dashboardPaths.keys, { workspaceId })}
							variant="default"
						>
							Cancel
						</Button>
					</Group>
				</Stack>
			</form>
			{/* Outside the form: submitting the dialog would submit the form too. */}
			<AddPlace workspaceId={workspaceId} opened={adding} close={dialog.close} />
		</>
	);
}

function Issued({ issued }: { readonly issued: IssuedKey }) {
	const { id: workspaceId } = useWorkspace();
	return (
		<Page
			title={`Key created: ${issued.name}`}
			actions={
				<Button
					component={Link}
					to={generatePath(dashboardPaths.key, { workspaceId, keyId: issued.id })}
					variant="default"
				>
					View key
				</Button>
			}
		>
			<Stack gap="xl" maw={760}>
				<NewTokenAlert token={issued.token} title="Copy your token now" />
				{issued.kind === "game" ? <GameSteps issued={issued} /> : <ServiceSteps issued={issued} />}
			</Stack>
		</Page>
	);
}
