import { listAccounts } from "@shared/endpoints/accounts.js";
import { getKey } from "@shared/endpoints/keys.js";
import { listMembers } from "@shared/endpoints/members.js";
import { listPlaces } from "@shared/endpoints/places.js";
import { listWorkspaces } from "@shared/endpoints/workspaces.js";
import { useQueries } from "@tanstack/react-query";
import { useApi } from "../../api/ApiContext.js";
import { useAllRecords } from "../../api/useAllRecords.js";
import type { RecordOf } from "../../api/useEndpointPages.js";
import { endpointQueryKey } from "../../api/useEndpointQuery.js";
import { type AuditEntry, fieldsOf } from "../../labels/audit.js";

const minuteMs = 60_000;

/** Names for the records and accounts in entries; IDs where the name is unknown. */
export interface Names {
	target(entry: AuditEntry): string;
	account(id: string): string | undefined;
	workspace(id: string): string;
	/** The name of any record with this ID; undefined if unknown. */
	record(id: string): string | undefined;
	/** The places of the workspace, to choose from. */
	readonly places: readonly RecordOf<typeof listPlaces>[];
	/** All accounts that can be chosen as the actor. */
	readonly accounts: ReadonlyMap<string, string>;
}

/** @param workspaceId Absent for entries of the whole server. */
export function useNames(entries: readonly AuditEntry[], workspaceId: string | undefined): Names {
	const api = useApi();
	const inWorkspace = workspaceId !== undefined;
	const params = { workspaceId: workspaceId ?? "" };
	const places = useAllRecords(listPlaces, { params }, { enabled: inWorkspace });
	const members = useAllRecords(listMembers, { params }, { enabled: inWorkspace });
	const allAccounts = useAllRecords(listAccounts, {}, { enabled: !inWorkspace });
	const workspaces = useAllRecords(listWorkspaces, {});

	const accounts = new Map<string, string>();
	const recordedNames = new Map<string, string>();
	for (const { actor, targetId, before, after } of entries) {
		if (actor.type === "account" && actor.name !== undefined) accounts.set(actor.id, actor.name);
		const name = fieldsOf(after).name ?? fieldsOf(before).name;
		// Entries are newest first: the first name found is the latest.
		if (typeof name === "string" && !recordedNames.has(targetId)) recordedNames.set(targetId, name);
	}
	for (const { accountId, name } of members.data ?? []) accounts.set(accountId, name);
	for (const { id, name } of allAccounts.data ?? []) accounts.set(id, name);

	const unnamed = new Set(
		entries
			.filter((entry) => entry.targetType === "key" && entry.workspaceId !== undefined)
			.map(({ targetId }) => targetId)
			.filter((id) => !recordedNames.has(id)),
	);
	const keys = useQueries({
		queries: [...unnamed].map((keyId) => ({
			queryKey: endpointQueryKey(getKey, { params: { keyId } }),
			queryFn: () => api.call(getKey, { params: { keyId } }),
			staleTime: minuteMs,
		})),
	});
	for (const { data } of keys) if (data !== undefined) recordedNames.set(data.id, data.name);

	const placeNames = new Map(places.data?.map(({ id, name }) => [id, name]));
	const workspaceNames = new Map(workspaces.data?.map(({ id, name }) => [id, name]));
	return {
		accounts,
		account: (id) => accounts.get(id),
		workspace: (id) => workspaceNames.get(id) ?? id,
		record: (id) => placeNames.get(id) ?? recordedNames.get(id) ?? accounts.get(id) ?? workspaceNames.get(id),
		places: places.data ?? [],
		target: ({ targetType, targetId }) => {
			switch (targetType) {
				case "place": {
					const name = placeNames.get(targetId) ?? recordedNames.get(targetId);
					return name === undefined ? `place ${targetId}` : `place ${name} (${targetId})`;
				}
				case "workspace":
					return workspaceNames.get(targetId) ?? recordedNames.get(targetId) ?? targetId;
				case "account":
				case "member":
					return accounts.get(targetId) ?? recordedNames.get(targetId) ?? targetId;
				default:
					return recordedNames.get(targetId) ?? targetId;
			}
		},
	};
}
