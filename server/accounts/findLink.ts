import type { Services } from "../core/context.js";
import { Problem } from "../core/problem.js";
import { keyState } from "../model/keyState.js";
import type { OneTimeLinkRecord } from "../model/oneTimeLink.js";
import { digestOfCode } from "../secrets/secretCode.js";

/**
 * The link with this code that still works; `link_invalid` for any other.
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
	const good = (await mayStillMake(store, link)) && (await keyStillGood(store, link, clock.now()));
	return good ? link : new Problem("link_invalid");
}

/**
 * Whether who made a link may still make it: somebody who was removed must not
 * come back, or go on as somebody else, by a link of their own.
 */
async function mayStillMake(
	{ accounts, members }: Services["store"],
	{ purpose, madeBy, workspaceId = "" }: OneTimeLinkRecord,
): Promise<boolean> {
	if (madeBy === undefined) return true;
	const account = await accounts.findById(madeBy);
	if (account === undefined || account.disabledAt !== undefined) return false;
	if (account.operator) return true;
	return purpose === "invitation" && (await members.find(workspaceId, madeBy))?.role === "owner";
}

/** Whether the admin key that a link was made with is as it was: revoking or rotating it ends what it handed out. */
async function keyStillGood(
	{ keys }: Services["store"],
	{ madeWith, createdAt }: OneTimeLinkRecord,
	now: number,
): Promise<boolean> {
	if (madeWith === undefined) return true;
	const key = await keys.findById(madeWith);
	return key !== undefined && keyState(key, now, {}) === "active" && createdAt > (key.rotatedAt ?? 0);
}
