import { Badge, Button, Stack, Text, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { listAccountKeys } from "@shared/endpoints/account.js";
import { wildcardScope } from "@shared/scopes.js";
import { IconPlus } from "@tabler/icons-react";
import { useEndpointPages } from "../../api/useEndpointPages.js";
import { statusLabel } from "../../labels/statuses.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Loading } from "../../ui/Loading.js";
import { type Column, RecordTable } from "../../ui/RecordTable.js";
import { Section } from "../../ui/Section.js";
import { Time } from "../../ui/Time.js";
import { useNow } from "../../ui/useNow.js";
import { type AdminKey, AdminKeyActions } from "./AdminKeyActions.js";
import { scopeLabel } from "./adminScopes.js";
import { NewAdminKey } from "./NewAdminKey.js";

/** Your own keys for the API. */
export function AdminKeysSection() {
	const pages = useEndpointPages(listAccountKeys, {});
	const [creating, dialog] = useDisclosure(false);
	const { records, problem } = pages;
	return (
		<Section
			title="Admin keys"
			description="For scripts that use the API as you, within their scopes and your role."
			actions={
				<Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
					Create admin key
				</Button>
			}
		>
			{records === undefined && problem === undefined && <Loading rows={2} />}
			{records === undefined && problem !== undefined && (
				<ErrorState problem={problem} tryAgain={pages.tryAgain} />
			)}
			{records?.length === 0 && (
				<Text size="sm">No admin keys. Create one for scripts that use the API.</Text>
			)}
			{records !== undefined && records.length > 0 && (
				<RecordTable
					label="Admin keys"
					columns={columns}
					records={records}
					keyOf={({ id }) => id}
					more={pages}
				/>
			)}
			<NewAdminKey opened={creating} close={dialog.close} />
		</Section>
	);
}

const statusColours: Readonly<Record<string, string>> = {
	active: "green",
	expired: "orange",
	revoked: "red",
};

const columns: readonly Column<AdminKey>[] = [
	{
		title: "Name",
		cell: ({ name, tokenStart }) => (
			<Stack gap={0}>
				<span>{name}</span>
				<Text size="xs" c="dimmed" ff="monospace" span>
					{tokenStart}…
				</Text>
			</Stack>
		),
	},
	{ title: "Permissions", fit: true, cell: ({ scopes }) => <Scopes scopes={scopes} /> },
	{ title: "Last used", fit: true, cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} otherwise="Never" /> },
	{ title: "Expires", fit: true, cell: ({ expiresAt }) => <Moment at={expiresAt} otherwise="Never" /> },
	{ title: "Status", fit: true, cell: (key) => <Status adminKey={key} /> },
	{
		title: "Actions",
		untitled: true,
		fit: true,
		right: true,
		cell: (key) => <AdminKeyActions adminKey={key} />,
	},
];

function Scopes({ scopes }: { readonly scopes: readonly string[] }) {
	if (scopes.includes(wildcardScope)) return "Full access";
	if (scopes.length === 0) return "None";
	const labels = scopes.map(scopeLabel);
	const count = scopes.length === 1 ? "1 scope" : `${scopes.length} scopes`;
	return (
		<Tooltip multiline w={320} label={labels.join(" · ")} events={{ hover: true, focus: true, touch: true }}>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: the tooltip must be reachable by keyboard */}
			<span tabIndex={0}>
				{scopes.every((scope) => scope.endsWith(".read")) ? `Read only (${count})` : count}
			</span>
		</Tooltip>
	);
}

function Moment({ at, otherwise }: { readonly at: string | undefined; readonly otherwise: string }) {
	return at === undefined ? otherwise : <Time at={at} />;
}

/**
 * The key's status; during a rotation's overlap also when the old token expires, and
 * whether it is still used.
 */
function Status({ adminKey }: { readonly adminKey: AdminKey }) {
	const { status, previousValidUntil, previousLastUsedAt } = adminKey;
	const now = useNow();
	const inOverlap =
		status !== "revoked" && previousValidUntil !== undefined && new Date(previousValidUntil) > now;
	return (
		<div>
			<Badge color={statusColours[status] ?? "gray"}>{statusLabel(status)}</Badge>
			{inOverlap && (
				<Text size="xs" c="dimmed" mt={2}>
					Old token expires <Time at={previousValidUntil} />
					{previousLastUsedAt === undefined ? (
						"; unused since rotation"
					) : (
						<>
							; last used <Time at={previousLastUsedAt} />
						</>
					)}
				</Text>
			)}
		</div>
	);
}
