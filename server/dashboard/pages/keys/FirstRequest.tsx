import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Alert, Button, Group, Loader, Stack, Text } from "@mantine/core";
import { listDenials } from "@shared/endpoints/denials.js";
import { getKey } from "@shared/endpoints/keys.js";
import { listPlaces } from "@shared/endpoints/places.js";
import { limits } from "@shared/limits.js";
import { IconCircleCheck } from "@tabler/icons-react";
import { generatePath, Link } from "react-router";
import { useEndpointPages } from "../../api/useEndpointPages.js";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { useWorkspace } from "../../session/useWorkspace.js";
import { Time } from "../../ui/Time.js";
import { type Denial, denialTitle } from "../denials/denial.js";
import { FixButton } from "../denials/FixButton.js";
import type { IssuedKey, Key } from "./key.js";

const pollMs = 2_000;

/**
 * Defined outside the component: the query cache keeps this function for a while, and
 * a closure would keep the token with it.
 */
const wasUsed = ({ lastUse }: Key) => lastUse !== undefined;

/** Waits for a key's first request, then shows where it came from, or why it was denied. */
export function FirstRequest({ issued }: { readonly issued: IssuedKey }) {
	const { id: workspaceId } = useWorkspace();
	const { data: key, error } = useEndpointQuery(
		getKey,
		{ params: { keyId: issued.id } },
		{ refetchEveryMs: pollMs, until: wasUsed },
	);
	const { data: denials } = useEndpointQuery(
		listDenials,
		{ params: { workspaceId } },
		{ refetchEveryMs: pollMs, enabled: key?.lastUse === undefined },
	);
	const { records: places = [] } = useEndpointPages(listPlaces, {
		params: { workspaceId },
		query: { limit: limits.pageSize },
	});
	if (key?.lastUse !== undefined) {
		const { placeId, address, at } = key.lastUse;
		const place = places.find(({ id }) => id === placeId)?.name;
		const from =
			placeId === undefined
				? "From "
				: `From ${place === undefined ? `place ${placeId}` : `${place} (place ${placeId})`}, `;
		return (
			<Alert
				role="status"
				color="green"
				w="100%"
				icon={<IconCircleCheck aria-hidden />}
				title="The first request arrived"
			>
				<Stack gap="sm" align="flex-start">
					<Text size="sm">
						{from}IP address {address}, <Time at={at} />. The key works.
					</Text>
					<Button
						component={Link}
						to={generatePath(dashboardPaths.key, { workspaceId, keyId: issued.id })}
						variant="default"
						size="xs"
					>
						View key
					</Button>
				</Stack>
			</Alert>
		);
	}
	const denial = denials?.data.find(({ keyId }) => keyId === issued.id);
	return (
		<Stack gap="sm" w="100%">
			<Group gap="sm" role="status">
				<Loader size="xs" aria-hidden />
				<Text size="sm">Waiting for the first request… It appears here within seconds.</Text>
			</Group>
			{error !== null && (
				<Text size="sm" c="dimmed">
					{error.details.title}. Retrying…
				</Text>
			)}
			{denial !== undefined && <DeniedRequest denial={denial} />}
		</Stack>
	);
}

/** A denied request and its fix. */
function DeniedRequest({ denial }: { readonly denial: Denial }) {
	const { code, placeId, lastAt } = denial;
	return (
		<Alert color="orange" title="A request was denied" role="status">
			<Stack gap="sm" align="flex-start">
				<Text size="sm">
					{placeId !== undefined && <>From place {placeId}, </>}
					<Time at={lastAt} />: {denialTitle(code)} (<code>{code}</code>).
				</Text>
				<FixButton denial={denial} />
			</Stack>
		</Alert>
	);
}
