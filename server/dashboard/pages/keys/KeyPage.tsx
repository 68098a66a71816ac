import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Alert, Anchor, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { getKey } from "@shared/endpoints/keys.js";
import { IconInfoCircle } from "@tabler/icons-react";
import { useState } from "react";
import { generatePath, Link, useParams } from "react-router";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { statusLabels } from "../../labels/keys.js";
import { useCanEdit, useWorkspace } from "../../session/useWorkspace.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { focusHeading } from "../../ui/focusHeading.js";
import { useHasUncopiedSecret } from "../../ui/LeaveGuards.js";
import { LoadingPage } from "../../ui/Loading.js";
import { NotFoundPage } from "../../ui/NotFoundPage.js";
import { Page } from "../../ui/Page.js";
import { searchOf } from "../audit/auditFilters.js";
import { KeyActions } from "./KeyActions.js";
import { KeyDetails } from "./KeyDetails.js";
import { KeyUsage } from "./KeyUsage.js";
import type { IssuedKey, Key } from "./key.js";
import { NewTokenAlert } from "./NewTokenAlert.js";
import { OverlapNote } from "./OverlapNote.js";
import { RotateKey } from "./RotateKey.js";

/** Fast enough to watch the last use and the overlap change. */
const pollMs = 5_000;

export function KeyPage() {
	const { keyId = "" } = useParams();
	const { data, error, refetch } = useEndpointQuery(
		getKey,
		{ params: { keyId } },
		{ refetchEveryMs: pollMs },
	);
	const hasUncopiedSecret = useHasUncopiedSecret();
	// A new, uncopied token stays, whatever happens to the key.
	if (error?.code === "not_found" && !(hasUncopiedSecret && data !== undefined)) return <NotFoundPage />;
	if (data === undefined) {
		return error === null ? <LoadingPage /> : <ErrorState problem={error} tryAgain={refetch} />;
	}
	return <KnownKey key={keyId} record={data} />;
}

function KnownKey({ record: key }: { readonly record: Key }) {
	const { id: workspaceId } = useWorkspace();
	const canEdit = useCanEdit();
	const [rotating, dialog] = useDisclosure(false);
	const [rotated, setRotated] = useState<IssuedKey>();
	const { status } = key;
	const audit = `${generatePath(dashboardPaths.audit, { workspaceId })}?${new URLSearchParams(searchOf({ target: key.id }))}`;
	return (
		<Page
			title={key.name}
			description={key.description}
			back={{ to: generatePath(dashboardPaths.keys, { workspaceId }), label: "API keys" }}
			actions={canEdit && <KeyActions workspaceId={workspaceId} record={key} rotate={dialog.open} />}
		>
			{rotated !== undefined && (
				<NewTokenAlert
					key={rotated.token}
					token={rotated.token}
					title="Copy your new token now"
					done={() => {
						setRotated(undefined);
						focusHeading();
					}}
				/>
			)}
			<OverlapNote record={key} revokeNow={canEdit ? dialog.open : undefined} />
			{status !== "active" && (
				<Alert
					color={statusLabels[status].colour}
					icon={<IconInfoCircle aria-hidden />}
					title={statusLabels[status].label}
				>
					<Text size="sm">{statusLabels[status].description}</Text>
				</Alert>
			)}
			<SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
				<Paper withBorder p="md" radius="md">
					<Title order={2} mb="md">
						Details
					</Title>
					<KeyDetails record={key} workspaceId={workspaceId} />
				</Paper>
				<Stack gap="lg">
					<Paper withBorder p="md" radius="md">
						<Title order={2}>Requests</Title>
						<KeyUsage workspaceId={workspaceId} keyId={key.id} />
					</Paper>
					<Paper withBorder p="md" radius="md">
						<Title order={2} mb={4}>
							History
						</Title>
						<Anchor component={Link} to={audit} size="sm" underline="always">
							View this key's audit log
						</Anchor>
					</Paper>
				</Stack>
			</SimpleGrid>
			<RotateKey record={key} opened={rotating} close={dialog.close} onRotated={setRotated} />
		</Page>
	);
}
