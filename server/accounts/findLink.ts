import type { Services } from "../core/context.js";
import { Problem } from "../core/problem.js";
import { keyStatus } from "../model/keyStatus.js";
import type { OneTimeLinkRecord } from "../model/oneTimeLink.js";
import { digestOfCode } from "../secrets/secretCode.js";

/**
 * The link with this code, if it is still valid; otherwise `link_invalid`.
 *
 * See docs/decisions/0031-links-end-with-their-creator.md
 */
export async function findLink(
	{ store, clock }: Services,
	purpose: OneTimeLinkRecord["purpose"],
	code: string,
): Promise<OneTimeLinkRecord | Problem> {
	const link = await store.oneTimeLinks.findByDigest(digestOfCode(code));
	if (link?.purpose !== purpose || link.expiresAt <= clock.now()) return new Problem("link_invalid");
	const valid = (await creatorMayStill(store, link)) && (await keyStillValid(store, link, clock.now()));
	return valid ? link : new Problem("link_invalid");
}

/**
 * Whether the account that created the link may still create such links. Someone
 * who was removed must not return, or continue as someone else, with a link of
 * their own.
 */
async function creatorMayStill(
	{ accounts, members }: Services["store"],
	{ purpose, madeBy, workspaceId = "" }: OneTimeLinkRecord,
): Promise<boolean> {
	if (madeBy === undefined) return true;
	const account = await accounts.findById(madeBy);
	if (account === undefined || account.disabledAt !== undefined) return false;
	if (account.operator) return true;
	return purpose === "invitation" && (await members.find(workspaceId, madeBy))?.role === "owner";
}

/** Whether the admin key that created the link is unchanged: revoking or rotating it ends its links. */
async function keyStillValid(
	{ keys }: Services["store"],
	{ madeWith, createdAt }: OneTimeLinkRecord,
	now: number,
): Promise<boolean> {
	if (madeWith === undefined) return true;
	const key = await keys.findById(madeWith);
	return key !== undefined && keyStatus(key, now, {}) === "active" && createdAt > (key.rotatedAt ?? 0);
}
