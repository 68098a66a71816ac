import { limits } from "../../shared/limits.js";
import type { AuditContext, Services } from "../core/context.js";
import { Problem } from "../core/problem.js";
import type { IdempotencyWrite } from "../model/idempotencyRecord.js";
import type { KeyRecord } from "../model/key.js";
import { isoTime } from "../primitives/timestamps.js";
import { makeToken } from "../secrets/token.js";
import { writeKeyChange } from "./changeKey.js";
import { type IssuedKey, withToken } from "./issueKey.js";

/**
 * Gives a key a new token. The one before stays valid for `overlapSeconds`
 * (0 to 30 days, default 24 hours), judged at the moment of each call. While an
 * overlap runs a further rotation is refused with `conflict`, because it would
 * break the promise to whoever still uses the oldest token; with an overlap of
 * 0 it goes through, and ends both older tokens at once. Of two rotations at
 * the same moment one is refused too: its caller would hold a token nobody knows.
 *
 * See docs/decisions/0017-second-rotation-waits.md
 */
export async function rotateKey(
	services: Services,
	key: KeyRecord,
	overlapSeconds: number = limits.defaultOverlapSeconds,
	auditContext: AuditContext,
	idempotencyWrite?: IdempotencyWrite<IssuedKey>,
): Promise<IssuedKey | Problem> {
	const now = services.clock.now();
	const promisedUntil = key.previousValidUntil ?? 0;
	if (promisedUntil > now && overlapSeconds > 0 && key.revokedAt === undefined) {
		return new Problem("conflict", {
			detail:
				`The token before the current one is honoured until ${isoTime(promisedUntil)}. ` +
				"Rotate again after that, or with an overlap of 0, which ends both older tokens at once.",
		});
	}
	const { token, digest } = makeToken(key.kind, key.id, services.secrets);
	const rotated = await writeKeyChange(
		services,
		key,
		{
			digest,
			previousDigest: key.digest,
			previousValidUntil: now + overlapSeconds * 1000,
			rotatedAt: now,
			importedPrefix: null,
		},
		"keys.rotate",
		auditContext,
		key.digest,
		withToken(idempotencyWrite, token),
	);
	return rotated instanceof Problem ? rotated : { key: rotated, token };
}
