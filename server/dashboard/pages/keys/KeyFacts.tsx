import { Code, Group, Text } from "@mantine/core";
import { listPlaces } from "@shared/endpoints/places.js";
import { limits } from "@shared/limits.js";
import type { ReactNode } from "react";
import { usePages } from "../../api/usePages.js";
import { CopyButton } from "../../ui/CopyButton.js";
import { Fact, Facts } from "../../ui/Facts.js";
import { exactTime } from "../../ui/relativeTime.js";
import { Time } from "../../ui/Time.js";
import { kindWords } from "../../words/keys.js";
import { KeyScopes } from "./KeyScopes.js";
import { KeyState } from "./KeyState.js";
import type { Key } from "./key.js";

/** All that is known of a key, for whoever looks at it. */
export function KeyFacts({
	record: key,
	workspaceId,
}: {
	readonly record: Key;
	readonly workspaceId: string;
}) {
	const { records: places = [] } = usePages(listPlaces, {
		params: { workspaceId },
		query: { limit: limits.pageSize },
	});
	const placeWords = (id: string) => {
		const name = places.find((place) => place.id === id)?.name;
		return name === undefined ? `place ${id}` : `${name} (${id})`;
	};
	const { kind, lastUse, rateLimit, quota, allowedIps, placeIds } = key;
	const { label, about } = kindWords[kind];
	return (
		<Facts>
			<Fact name="Status">
				<KeyState state={key.state} />
			</Fact>
			<Fact name="Kind">
				{label}
				<Note>{about}</Note>
			</Fact>
			<Fact name="Token">
				<Code>{key.tokenStart}</Code>
				<Note>How it begins. The rest was shown once, and is not kept.</Note>
			</Fact>
			<Fact name="Id">
				<Group gap={4}>
					<Code>{key.id}</Code>
					<CopyButton value={key.id} label="Copy the key's id" small />
				</Group>
			</Fact>
			<Fact name="Scopes">
				<KeyScopes scopes={key.scopes} />
			</Fact>
			{kind === "game" && (
				<Fact name="Places">
					{placeIds.length === 0 ? "All of the workspace" : <Lines texts={placeIds.map(placeWords)} />}
				</Fact>
			)}
			<Fact name="IP ranges">{allowedIps.length === 0 ? "Any" : <Lines texts={allowedIps} />}</Fact>
			<Fact name="Expires">
				{key.expiresAt === undefined ? "Never" : <Time at={key.expiresAt} />}
				{key.expiresAt !== undefined && <Note>{exactTime(new Date(key.expiresAt))}</Note>}
			</Fact>
			<Fact name="Rate limit">
				{rateLimit === undefined
					? "None"
					: `${number(rateLimit.limit)} calls within ${number(rateLimit.windowSeconds)} s`}
			</Fact>
			<Fact name="Quota">
				{quota === undefined ? "None" : `${number(quota.limit)} calls a ${quota.period} (UTC)`}
			</Fact>
			<Fact name="Last used">
				{key.lastUsedAt === undefined ? "Never" : <Time at={key.lastUsedAt} />}
				{lastUse !== undefined && (
					<Note>
						{lastUse.placeId !== undefined && `${placeWords(lastUse.placeId)}, `}address {lastUse.address}
					</Note>
				)}
			</Fact>
			<Fact name="Created">
				<Time at={key.createdAt} />
			</Fact>
			{key.rotatedAt !== undefined && (
				<Fact name="Rotated">
					<Time at={key.rotatedAt} />
				</Fact>
			)}
			{key.revokedAt === undefined ? (
				key.updatedAt !== key.createdAt && (
					<Fact name="Last changed">
						<Time at={key.updatedAt} />
					</Fact>
				)
			) : (
				<Fact name="Revoked">
					<Time at={key.revokedAt} />
				</Fact>
			)}
		</Facts>
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
