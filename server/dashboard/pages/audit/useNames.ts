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

/** What people call the things and accounts that entries speak of; ids where nothing better is known. */
export interface Names {
	target(entry: AuditEntry): string;
	account(id: string): string | undefined;
	workspace(id: string): string;
	/** What the thing with this id is called, whatever it is; undefined where that is not known. */
	thing(id: string): string | undefined;
	/** The places of the workspace, for choosing one. */
	readonly places: readonly RecordOf<typeof listPlaces>[];
	/** All accounts that can be chosen as who did it. */
	readonly accounts: ReadonlyMap<string, string>;
}

/** @param workspaceId Absent: the entries are of the whole instance. */
export function useNames(entries: readonly AuditEntry[], workspaceId: string | undefined): Names {
	const api = useApi();
	const inWorkspace = workspaceId !== undefined;
	const params = { workspaceId: workspaceId ?? "" };
	const places = useAllRecords(listPlaces, { params }, { enabled: inWorkspace });
	const members = useAllRecords(listMembers, { params }, { enabled: inWorkspace });
	const allAccounts = useAllRecords(listAccounts, {}, { enabled: !inWorkspace });
	const workspaces = useAllRecords(listWorkspaces, {});

	const accounts = new Map<string, string>();
	const said = new Map<string, string>();
	for (const { actor, targetId, before, after } of entries) {
		if (actor.type === "account" && actor.name !== undefined) accounts.set(actor.id, actor.name);
		const name = fieldsOf(after).name ?? fieldsOf(before).name;
		// Entries come newest first: the first name found is the latest.
		if (typeof name === "string" && !said.has(targetId)) said.set(targetId, name);
	}
	for (const { accountId, name } of members.data ?? []) accounts.set(accountId, name);
	for (const { id, name } of allAccounts.data ?? []) accounts.set(id, name);

	const unnamed = new Set(
		entries
			.filter((entry) => entry.targetType === "key" && entry.workspaceId !== undefined)
			.map(({ targetId }) => targetId)
			.filter((id) => !said.has(id)),
	);
	const keys = useQueries({
		queries: [...unnamed].map((keyId) => ({
			queryKey: endpointQueryKey(getKey, { params: { keyId } }),
			queryFn: () => api.call(getKey, { params: { keyId } }),
			staleTime: minuteMs,
		})),
	});
	for (const { data } of keys) if (data !== undefined) said.set(data.id, data.name);

	const placeNames = new Map(places.data?.map(({ id, name }) => [id, name]));
	const workspaceNames = new Map(workspaces.data?.map(({ id, name }) => [id, name]));
	return {
		accounts,
		account: (id) => accounts.get(id),
		workspace: (id) => workspaceNames.get(id) ?? id,
		thing: (id) => placeNames.get(id) ?? said.get(id) ?? accounts.get(id) ?? workspaceNames.get(id),
		places: places.data ?? [],
		target: ({ targetType, targetId }) => {
			switch (targetType) {
				case "place": {
					const name = placeNames.get(targetId) ?? said.get(targetId);
					return name === undefined ? `place ${targetId}` : `place ${name} (${targetId})`;
				}
				case "workspace":
					return workspaceNames.get(targetId) ?? said.get(targetId) ?? targetId;
				case "account":
				case "member":
					return accounts.get(targetId) ?? said.get(targetId) ?? targetId;
				default:
					return said.get(targetId) ?? targetId;
			}
		},
	};
}
