import { createHash } from "node:crypto";
import type { Endpoint } from "../../shared/endpoint.js";
import { limits } from "../../shared/limits.js";
import type { AuditContext } from "../core/context.js";
import { Problem } from "../core/problem.js";
import type { IdempotencyWrite } from "../model/idempotencyRecord.js";
import type { Clock } from "../primitives/clock.js";
import type { ResponseCipher } from "../secrets/responseCipher.js";
import { DuplicateRequest, type IdempotencyStore } from "../store/store.js";
import { asciiJson, PreparedJson } from "./results.js";

/**
 * Makes a change and serializes its outcome; with an Idempotency-Key at most
 * once. Call it once the caller is known to be allowed to make the change: a
 * repeated request gets its stored response before anything else is checked.
 *
 * Only successes are stored. A problem changed nothing, so the same request can
 * be repeated once its cause is fixed.
 */
export type RunIdempotent = <T, A>(
	serialize: (outcome: T) => A,
	change: (idempotencyWrite: IdempotencyWrite<T> | undefined) => Promise<T | Problem>,
) => Promise<A | Problem | PreparedJson>;

/** For a request without an Idempotency-Key. */
export const withoutIdempotency: RunIdempotent = async (serialize, change) => {
	const outcome = await change(undefined);
	return outcome instanceof Problem ? outcome : serialize(outcome);
};

export interface IdempotencyDeps {
	readonly idempotency: IdempotencyStore;
	readonly responseCipher: ResponseCipher;
	readonly clock: Clock;
}

/** What identifies a request: its repetition is the same in all of it. */
export interface IdempotentRequest {
	readonly endpoint: Endpoint;
	readonly auditContext: AuditContext;
	readonly params: unknown;
	readonly body: unknown;
	readonly idempotencyKey: string;
}

/**
 * For a request with an Idempotency-Key. The response is stored in one
 * transaction with the change. Two concurrent requests both run; the store
 * commits one, and the other returns the stored response. So no request waits
 * for a lock of a crashed instance, and no crash leaves a change without its
 * response, or a response without its change.
 *
 * See docs/decisions/0023-idempotency-keeps-the-response.md
 */
export function createIdempotentRun(
	{ idempotency, responseCipher, clock }: IdempotencyDeps,
	request: IdempotentRequest,
): RunIdempotent {
	const at = clock.now();
	const id = recordIdOf(request);
	const bodyHash = createHash("sha256")
		.update(JSON.stringify(request.body ?? null))
		.digest("base64url");

	async function storedResponse(): Promise<PreparedJson | Problem | undefined> {
		const record = await idempotency.find(id);
		if (record === undefined || record.expiresAt <= at) return undefined;
		const text = responseCipher.decrypt(id, record.sealed);
		if (text === undefined) return new Problem("idempotency_response_lost", { detail: secretGoneDetail });
		const stored = JSON.parse(text) as StoredResponse;
		return stored.bodyHash === bodyHash
			? new PreparedJson(stored.json, true)
			: new Problem("idempotency_key_reused");
	}

	return async (serialize, change) => {
		const before = await storedResponse();
		if (before !== undefined) return before;
		let json = "";
		try {
			const outcome = await change({
				id,
				at,
				recordFor: (outcome) => {
					json = asciiJson(serialize(outcome));
					const sealed = responseCipher.encrypt(
						id,
						JSON.stringify({ bodyHash, json } satisfies StoredResponse),
					);
					return { id, sealed, keptAt: at, expiresAt: at + limits.idempotencySeconds * 1000 };
				},
			});
			// Exactly what was stored.
			return outcome instanceof Problem ? outcome : new PreparedJson(json);
		} catch (error) {
			if (!(error instanceof DuplicateRequest)) throw error;
			return (await storedResponse()) ?? new Problem("unavailable", { retryAfterSeconds: 1 });
		}
	};
}

interface StoredResponse {
	/** Hash of the request's body. */
	readonly bodyHash: string;
	readonly json: string;
}

const secretGoneDetail = "It was encrypted with a server secret that this server no longer has.";

/** A hash, so that no text chosen by a caller becomes part of a query. */
function recordIdOf({
	endpoint,
	auditContext: { actor },
	params,
	idempotencyKey,
}: IdempotentRequest): string {
	const parts = [actor, endpoint.name, params ?? null, idempotencyKey];
	return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}
