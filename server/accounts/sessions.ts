import { createHmac } from "node:crypto";
import { limits } from "../../shared/limits.js";
import { newId } from "../core/context.js";
import type { AccountRecord } from "../model/account.js";
import type { SessionRecord } from "../model/session.js";
import type { Clock } from "../primitives/clock.js";
import { digestOfCode, newSecretCode } from "../secrets/secretCode.js";
import type { Store } from "../store/store.js";

/** How often a session's last use is written at most, milliseconds. */
const lastSeenIntervalMs = 300_000;

/** The browser that starts a session. */
export interface Visitor {
	readonly address: string;
	readonly userAgent?: string;
}

/** A session with its token, which only the browser has. */
export interface OpenSession {
	readonly record: SessionRecord;
	/** For the cookie. */
	readonly token: string;
}

/** A new session for the account, not stored yet. */
export function newSession(accountId: string, { address, userAgent }: Visitor, now: number): OpenSession {
	const { code: token, digest } = newSecretCode();
	const record: SessionRecord = {
		id: newId("ses"),
		accountId,
		digest,
		address,
		userAgent: userAgent?.slice(0, 300),
		createdAt: now,
		lastSeenAt: now,
		expiresAt: now + limits.sessionSeconds * 1000,
	};
	return { record, token };
}

/**
 * Proves that a request comes from the dashboard's own page. Another site can
 * make a browser send the cookie, but can read neither the cookie nor this token.
 */
export function csrfTokenOf(sessionToken: string): string {
	return createHmac("sha256", sessionToken).update("placelock csrf").digest("base64url");
}

/**
 * The session of a token and its account, if both are valid. Read from the store each time, so that an ended session ends immediately.
 *
 * See docs/decisions/0034-sessions-are-not-cached.md
 */
export async function sessionOf(
	{ sessions, accounts }: Pick<Store, "sessions" | "accounts">,
	token: string,
	clock: Clock,
): Promise<{ readonly session: OpenSession; readonly account: AccountRecord } | undefined> {
	const record = await sessions.findByDigest(digestOfCode(token));
	const now = clock.now();
	if (record === undefined || sessionEnded(record, now)) return undefined;
	const account = await accounts.findById(record.accountId);
	if (account === undefined || account.disabledAt !== undefined) return undefined;
	if (now - record.lastSeenAt >= lastSeenIntervalMs) await sessions.touch(record.id, now);
	return { session: { record, token }, account };
}

/** The account's sessions that are valid at `now`, newest first. */
export async function openSessions(
	{ sessions }: Pick<Store, "sessions">,
	accountId: string,
	now: number,
): Promise<readonly SessionRecord[]> {
	return (await sessions.listOf(accountId)).filter((record) => !sessionEnded(record, now));
}

function sessionEnded(
	{ expiresAt, lastSeenAt }: Pick<SessionRecord, "expiresAt" | "lastSeenAt">,
	now: number,
): boolean {
	return now >= expiresAt || now >= lastSeenAt + limits.sessionIdleSeconds * 1000;
}
