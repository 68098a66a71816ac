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
 * Makes a change, and shows what came of it; with an Idempotency-Key at most
 * once. To be called when it is clear that the caller may make the change: a
 * repeated call is answered before anything else is looked at.
 *
 * Only what was done is remembered. A refusal changed nothing, so the same call
 * may be tried again once what stood in its way is gone.
 */
export type RunIdempotent = <T, A>(
	show: (outcome: T) => A,
	change: (idempotencyWrite: IdempotencyWrite<T> | undefined) => Promise<T | Problem>,
) => Promise<A | Problem | PreparedJson>;

/** For a call without an Idempotency-Key. */
export const withoutIdempotency: RunIdempotent = async (show, change) => {
	const outcome = await change(undefined);
	return outcome instanceof Problem ? outcome : show(outcome);
};

export interface IdempotencyDeps {
	readonly idempotency: IdempotencyStore;
	readonly responseCipher: ResponseCipher;
	readonly clock: Clock;
}

/** A call as it was asked for: when all of it is the same, so is the answer. */
export interface IdempotentRequest {
	readonly endpoint: Endpoint;
	readonly auditContext: AuditContext;
	readonly params: unknown;
	readonly body: unknown;
	readonly idempotencyKey: string;
}

/**
 * For a call with one. Of two at one moment both set out, and the store lets
 * one make the change, because the answer is kept in one transaction with it;
 * the other then answers what was kept. So nobody waits for a lock that a
 * crashed instance would hold, and no crash can leave a change without its
 * answer, or an answer without its change.
 *
 * See docs/decisions/0023-idempotency-keeps-the-response.md
 */
export function createIdempotentRun(
	{ idempotency, responseCipher, clock }: IdempotencyDeps,
	call: IdempotentRequest,
): RunIdempotent {
	const at = clock.now();
	const id = answerId(call);
	const asked = createHash("sha256")
		.update(JSON.stringify(call.body ?? null))
		.digest("base64url");

	async function recall(): Promise<PreparedJson | Problem | undefined> {
		const kept = await idempotency.find(id);
		if (kept === undefined || kept.expiresAt <= at) return undefined;
		const text = responseCipher.decrypt(id, kept.sealed);
		if (text === undefined) return new Problem("conflict", { detail: secretGone });
		const answer = JSON.parse(text) as KeptText;
		return answer.asked === asked ? new PreparedJson(answer.json) : new Problem("idempotency_key_reused");
	}

	return async (show, change) => {
		const before = await recall();
		if (before !== undefined) return before;
		let json = "";
		try {
			const outcome = await change({
				id,
				at,
				recordFor: (made) => {
					json = asciiJson(show(made));
					const sealed = responseCipher.encrypt(id, JSON.stringify({ asked, json } satisfies KeptText));
					return { id, sealed, keptAt: at, expiresAt: at + limits.idempotencySeconds * 1000 };
				},
			});
			// Letter for letter what was kept.
			return outcome instanceof Problem ? outcome : new PreparedJson(json);
		} catch (error) {
			if (!(error instanceof DuplicateRequest)) throw error;
			return (await recall()) ?? new Problem("unavailable", { retryAfterSeconds: 1 });
		}
	};
}

interface KeptText {
	/** Fingerprint of the body that was answered. */
	readonly asked: string;
	readonly json: string;
}

const secretGone =
	"This Idempotency-Key was used, and its answer was kept under a server secret that is gone. Look whether the change was made, and use a new key.";

/** A hash, so that what callers choose never becomes part of a query. */
function answerId({ endpoint, auditContext: { actor }, params, idempotencyKey }: IdempotentRequest): string {
	const parts = [actor, endpoint.name, params ?? null, idempotencyKey];
	return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}
