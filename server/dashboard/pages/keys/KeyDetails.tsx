import { Code, Group, Text } from "@mantine/core";
import { listPlaces } from "@shared/endpoints/places.js";
import { limits } from "@shared/limits.js";
import type { ReactNode } from "react";
import { useEndpointPages } from "../../api/useEndpointPages.js";
import { kindLabels } from "../../labels/keys.js";
import { CopyButton } from "../../ui/CopyButton.js";
import { Description, DescriptionList } from "../../ui/DescriptionList.js";
import { exactTime } from "../../ui/relativeTime.js";
import { Time } from "../../ui/Time.js";
import { KeyScopes } from "./KeyScopes.js";
import { KeyStatus } from "./KeyStatus.js";
import type { Key } from "./key.js";

/** All properties of a key. */
export function KeyDetails({
	record: key,
	workspaceId,
}: {
	readonly record: Key;
	readonly workspaceId: string;
}) {
	const { records: places = [] } = useEndpointPages(listPlaces, {
		params: { workspaceId },
		query: { limit: limits.pageSize },
	});
	const placeLabel = (id: string) => {
		const name = places.find((place) => place.id === id)?.name;
		return name === undefined ? `place ${id}` : `${name} (${id})`;
	};
	const { kind, lastUse, rateLimit, quota, allowedIps, placeIds } = key;
	const { label, description } = kindLabels[kind];
	return (
		<DescriptionList>
			<Description name="Status">
				<KeyStatus status={key.status} />
			</Description>
			<Description name="Kind">
				{label}
				<Note>{description}</Note>
			</Description>
			<Description name="Token">
				<Code>{key.tokenStart}</Code>
				<Note>Prefix only; the full token was shown once.</Note>
			</Description>
			<Description name="ID">
				<Group gap={4}>
					<Code>{key.id}</Code>
					<CopyButton value={key.id} label="Copy key ID" small />
				</Group>
			</Description>
			<Description name="Scopes">
				<KeyScopes scopes={key.scopes} />
			</Description>
			{kind === "game" && (
				<Description name="Places">
					{placeIds.length === 0 ? "All places in workspace" : <Lines texts={placeIds.map(placeLabel)} />}
				</Description>
			)}
			<Description name="Allowed IPs">
				{allowedIps.length === 0 ? "Any" : <Lines texts={allowedIps} />}
			</Description>
			<Description name="Expires">
				{key.expiresAt === undefined ? "Never" : <Time at={key.expiresAt} />}
				{key.expiresAt !== undefined && <Note>{exactTime(new Date(key.expiresAt))}</Note>}
			</Description>
			<Description name="Rate limit">
				{rateLimit === undefined
					? "None"
					: `${number(rateLimit.limit)} requests per ${number(rateLimit.windowSeconds)} s`}
			</Description>
			<Description name="Quota">
				{quota === undefined ? "None" : `${number(quota.limit)} requests per ${quota.period} (UTC)`}
			</Description>
			<Description name="Last used">
				{key.lastUsedAt === undefined ? "Never" : <Time at={key.lastUsedAt} />}
				{lastUse !== undefined && (
					<Note>
						From {lastUse.placeId !== undefined && `${placeLabel(lastUse.placeId)}, `}IP address{" "}
						{lastUse.address}
					</Note>
				)}
			</Description>
			<Description name="Created">
				<Time at={key.createdAt} />
			</Description>
			{key.rotatedAt !== undefined && (
				<Description name="Rotated">
					<Time at={key.rotatedAt} />
				</Description>
			)}
			{key.revokedAt === undefined ? (
				key.updatedAt !== key.createdAt && (
					<Description name="Updated">
						<Time at={key.updatedAt} />
					</Description>
				)
			) : (
				<Description name="Revoked">
					<Time at={key.revokedAt} />
				</Description>
			)}
		</DescriptionList>
	);
}

function Note({ children }: { readonly children: ReactNode }) {
	return (
		<Text size="xs" c="dimmed">
			{children}
		</Text>
	);
}

function Lines({ texts }: { readonly texts: readonly string[] }) {
	return texts.map((text) => <div key={text}>{text}</div>);
}

function number(value: number): string {
	return value.toLocaleString("en");
}
