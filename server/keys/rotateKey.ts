import { limits } from "../../shared/limits.js";
import type { AuditContext, Services } from "../core/context.js";
import { Problem } from "../core/problem.js";
import type { IdempotencyWrite } from "../model/idempotencyRecord.js";
import type { KeyRecord } from "../model/key.js";
import { previousTokenEnd } from "../model/keyRules.js";
import { isoTime } from "../primitives/timestamps.js";
import { generateToken } from "../secrets/token.js";
import { writeKeyChange } from "./changeKey.js";
import { type IssuedKey, withToken } from "./issueKey.js";

/**
 * Gives a key a new token. The previous one stays valid for `overlapSeconds`
 * (0 to 30 days, default 24 hours), checked on each request. During an overlap
 * another rotation is a `rotation_overlap`, because it would end the oldest token before
 * the promised time; with an overlap of 0 it succeeds and ends both older tokens
 * immediately. Of two concurrent rotations one is a `rotation_conflict`: its caller
 * would otherwise get a token that is not stored.
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
	const promisedUntil = previousTokenEnd(key);
	if (promisedUntil > now && overlapSeconds > 0 && key.revokedAt === undefined) {
		return new Problem("rotation_overlap", {
			detail:
				`The previous token is valid until ${isoTime(promisedUntil)}. ` +
				"Rotate again after that, or with an overlap of 0, which revokes both older tokens immediately.",
		});
	}
	const { token, digest } = generateToken(key.kind, key.id, services.secrets);
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
