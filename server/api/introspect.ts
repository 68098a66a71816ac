import type { EndpointInput, EndpointOutput } from "../../shared/endpoint.js";
import type { introspectKey } from "../../shared/endpoints/keys.js";
import { type FieldProblem, invalid, Problem } from "../core/problem.js";
import { addressProblem, normalizeAddress } from "../isomorphic/addresses.js";
import type { Grant } from "../keys/accessAttempt.js";
import type { Gate } from "../keys/gate.js";
import { keyStatus } from "../model/keyStatus.js";
import type { Clock } from "../primitives/clock.js";
import { optionalIsoTime } from "../primitives/timestamps.js";
import type { KeyContext } from "./handler.js";

type Output = EndpointOutput<typeof introspectKey>;

/**
 * Checks a token that the caller received, like one used directly. Covers game
 * and service keys of the calling key's workspace. Any other token is
 * `key_unknown`, like one that does not exist.
 *
 * See docs/decisions/0004-introspection-takes-the-address.md
 */
export function introspectHandler(gate: Gate, clock: Clock) {
	return async (
		context: KeyContext,
		{ body }: EndpointInput<typeof introspectKey>,
	): Promise<Output | Problem> => {
		const problems = introspectionAddressProblems(body.address);
		if (problems.length > 0) return invalid(...problems);
		const address = normalizeAddress(body.address ?? "");
		const own = context.grant.resolvedKey.key.value.record.workspaceId;
		const request = {
			address,
			robloxId: body.placeId,
			acceptedKind: undefined,
			scope: body.scope,
			claimedPlaceId: undefined,
		};
		const attempt = await gate.identifyForWorkspace(body.token, request, own);
		if (attempt instanceof Problem) return { active: false, code: attempt.code };
		const grant = await gate.admit(attempt);
		if (grant instanceof Problem) return { active: false, code: grant.code };
		return granted(grant, clock.now());
	};
}

/** Problems of the received request's address, beyond its shape. */
export function introspectionAddressProblems(address: string | undefined): FieldProblem[] {
	if (address === undefined || !(address.includes("/") || addressProblem(address))) return [];
	return [{ path: "address", message: "must be an IPv4 or IPv6 address, such as 203.0.113.7" }];
}

function granted({ resolvedKey, place }: Grant, now: number): Output {
	const { record, lastUsedAt } = resolvedKey.key.value;
	const workspace = resolvedKey.workspace?.value;
	if (workspace === undefined) return { active: false, code: "key_unknown" };
	return {
		active: true,
		workspace: { id: workspace.id, name: workspace.name },
		key: {
			id: record.id,
			kind: record.kind,
			status: keyStatus(record, now, { idleDays: workspace.idleDays, lastUsedAt }),
			name: record.name,
			scopes: record.scopes,
			expiresAt: optionalIsoTime(record.expiresAt),
			rotateBy: optionalIsoTime(resolvedKey.rotatedOutAt),
		},
		place: place && { id: place.record.id, name: place.record.name, proof: place.proof },
	};
}
