import type { Endpoint } from "@shared/endpoint.js";
import { getActivity } from "@shared/endpoints/activity.js";
import { listAudit } from "@shared/endpoints/audit.js";
import { changeKey, enableKey, getKey, listKeys } from "@shared/endpoints/keys.js";
import { changePlace, listPlaces, putPlace } from "@shared/endpoints/places.js";
import { changeWorkspace, getWorkspace, listWorkspaces } from "@shared/endpoints/workspaces.js";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../../api/ApiContext.js";
import type { ApiClient } from "../../api/client.js";
import type { ApiProblem } from "../../api/problem.js";
import { serverTime } from "../../serverTime.js";
import { extensionDays, type Step } from "./fix.js";

const dayMs = 86_400_000;
const stale: readonly Endpoint[] = [
	getActivity,
	getKey,
	getWorkspace,
	listAudit,
	listKeys,
	listPlaces,
	listWorkspaces,
];

interface FixInput {
	readonly workspaceId: string;
	readonly keyId: string;
	readonly steps: readonly Step[];
}

/** Applies a fix. Every step can be repeated, so a fix that failed halfway is simply applied again. */
export function useFix() {
	const api = useApi();
	const queryClient = useQueryClient();
	return useMutation<void, ApiProblem, FixInput>({
		mutationFn: async (wish) => {
			for (const step of wish.steps) await applyStep(api, wish, step);
		},
		onSettled: () =>
			Promise.all(stale.map(({ name }) => queryClient.invalidateQueries({ queryKey: [name] }))).then(
				() => {},
			),
	});
}

async function applyStep(api: ApiClient, { workspaceId, keyId }: FixInput, step: Step): Promise<unknown> {
	const ofKey = { params: { keyId } };
	// Lists are replaced as a whole, so each is read right before: concurrent additions stay.
	const key = () => api.call(getKey, ofKey);
	switch (step.type) {
		case "allow-place":
			return api.call(putPlace, { params: { workspaceId, placeId: step.placeId }, body: {} });
		case "activate-place":
			return api.call(changePlace, {
				params: { workspaceId, placeId: step.placeId },
				body: { status: "active" },
			});
		case "add-place-to-key": {
			const { placeIds } = await key();
			// An empty list means every place: adding one would limit the key to it.
			if (placeIds.length === 0) return;
			return api.call(changeKey, { ...ofKey, body: { placeIds: withOne(placeIds, step.placeId) } });
		}
		case "add-address-to-key": {
			const { allowedIps } = await key();
			if (allowedIps.length === 0) return;
			return api.call(changeKey, { ...ofKey, body: { allowedIps: withOne(allowedIps, step.address) } });
		}
		case "add-scope-to-key":
			return api.call(changeKey, { ...ofKey, body: { scopes: withOne((await key()).scopes, step.scope) } });
		case "enable-key":
			return api.call(enableKey, ofKey);
		case "extend-key": {
			const expiresAt = new Date(serverTime().getTime() + extensionDays * dayMs).toISOString();
			return api.call(changeKey, { ...ofKey, body: { expiresAt } });
		}
		case "resume-workspace":
			return api.call(changeWorkspace, { params: { workspaceId }, body: { status: "active" } });
	}
}

function withOne(list: readonly string[], one: string): string[] {
	return list.includes(one) ? [...list] : [...list, one];
}
