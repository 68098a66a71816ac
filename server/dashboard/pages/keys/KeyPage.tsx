import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Alert, Anchor, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { getKey } from "@shared/endpoints/keys.js";
import { IconInfoCircle } from "@tabler/icons-react";
import { useState } from "react";
import { generatePath, Link, useParams } from "react-router";
import { useAnswer } from "../../api/useAnswer.js";
import { useMayChange, useWorkspace } from "../../shell/WorkspaceFrame.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { focusPage } from "../../ui/focusPage.js";
import { useSecretHeld } from "../../ui/LeaveGuards.js";
import { LoadingPage } from "../../ui/Loading.js";
import { NotFoundPage } from "../../ui/NotFoundPage.js";
import { Page } from "../../ui/Page.js";
import { stateWords } from "../../words/keys.js";
import { searchOf } from "../audit/auditFilters.js";
import { KeyActs } from "./KeyActs.js";
import { KeyFacts } from "./KeyFacts.js";
import { KeyUsage } from "./KeyUsage.js";
import type { IssuedKey, Key } from "./key.js";
import { OverlapNote } from "./OverlapNote.js";
import { RotateKey } from "./RotateKey.js";
import { TokenOnce } from "./TokenOnce.js";

/** Last use and the overlap are seen to change while one looks. */
const askEveryMs = 5_000;

export function KeyPage() {
	const { keyId = "" } = useParams();
	const { data, error, refetch } = useAnswer(getKey, { params: { keyId } }, { everyMs: askEveryMs });
	const secretHeld = useSecretHeld();
	// A new token that was not copied stays, whatever has become of the key.
	if (error?.code === "not_found" && !(secretHeld && data !== undefined)) return <NotFoundPage />;
	if (data === undefined) {
		return error === null ? <LoadingPage /> : <ErrorState problem={error} tryAgain={refetch} />;
	}
	return <KnownKey key={keyId} record={data} />;
}

function KnownKey({ record: key }: { readonly record: Key }) {
	const { id: workspaceId } = useWorkspace();
	const mayChange = useMayChange();
	const [rotating, dialog] = useDisclosure(false);
	const [rotated, setRotated] = useState<IssuedKey>();
	const { state } = key;
	const audit = `${generatePath(dashboardPaths.audit, { workspaceId })}?${new URLSearchParams(searchOf({ target: key.id }))}`;
	return (
		<Page
			title={key.name}
			about={key.description}
			back={{ to: generatePath(dashboardPaths.keys, { workspaceId }), label: "Keys" }}
			actions={mayChange && <KeyActs workspaceId={workspaceId} record={key} rotate={dialog.open} />}
		>
			{rotated !== undefined && (
				<TokenOnce
					key={rotated.token}
					token={rotated.token}
					title="The new token of this key"
					done={() => {
						setRotated(undefined);
						focusPage();
					}}
				/>
			)}
			<OverlapNote record={key} endNow={mayChange ? dialog.open : undefined} />
			{state !== "active" && (
				<Alert
					color={stateWords[state].colour}
					icon={<IconInfoCircle aria-hidden />}
					title={stateWords[state].label}
				>
					<Text size="sm">{stateWords[state].about}</Text>
				</Alert>
			)}
			<SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
				<Paper withBorder p="md" radius="md">
					<Title order={2} mb="md">
						Key
					</Title>
					<KeyFacts record={key} workspaceId={workspaceId} />
				</Paper>
				<Stack gap="lg">
					<Paper withBorder p="md" radius="md">
						<Title order={2}>Calls</Title>
						<KeyUsage workspaceId={workspaceId} keyId={key.id} />
					</Paper>
					<Paper withBorder p="md" radius="md">
						<Title order={2} mb={4}>
							History
						</Title>
						<Text size="sm">
							Who created, changed and rotated it, and when, is in{" "}
							<Anchor component={Link} to={audit} size="sm" underline="always">
								the audit of this key
							</Anchor>
							.
						</Text>
					</Paper>
				</Stack>
			</SimpleGrid>
			<RotateKey record={key} opened={rotating} close={dialog.close} onRotated={setRotated} />
		</Page>
	);
}
