/** Bounds that both sides hold to, and that the documentation quotes. */
export const limits = {
	/** Largest request body, in bytes, after inflating. */
	bodyBytes: 65536,
	/** How long, in seconds, the SDK may treat a verification as fresh. */
	cacheSeconds: 60,
	/** Characters of a token that is asked about. Ours are shorter; those of other systems may be imported. */
	tokenLength: 1024,
	/** Code points in a name. */
	nameLength: 100,
	/** Fewest and most characters in the name somebody signs in with. */
	accountNameMinimum: 3,
	accountNameLength: 32,
	/** Fewest and most code points in a password. */
	passwordMinimum: 12,
	passwordLength: 200,
	/** How long, in seconds, a session lasts without being used: one day. */
	sessionIdleSeconds: 86400,
	/** How long, in seconds, a session lasts at most: 14 days. */
	sessionSeconds: 1209600,
	/** Sessions an account can have at one time; a new one ends the oldest. */
	sessionsPerAccount: 50,
	/** How long, in seconds, the links for setting up and for a new password are good: half an hour. */
	oneTimeLinkSeconds: 1800,
	/** How long, in seconds, an invitation is good: 7 days. */
	invitationSeconds: 604800,
	/** Invitations a workspace can have open, and members it can have. */
	invitationsPerWorkspace: 100,
	membersPerWorkspace: 1000,
	/** Admin keys an account can hold that are not revoked. */
	keysPerAccount: 100,
	/** Code points in a description. */
	descriptionLength: 500,
	/** Scopes on one key. */
	scopesPerKey: 50,
	/** Places one game key can be narrowed to. */
	placesPerKey: 100,
	/** Addresses and ranges on one key's IP allow-list. */
	allowedIpsPerKey: 100,
	/** Keys a workspace may hold that are not revoked, unless it says otherwise. */
	keysPerWorkspace: 1000,
	/** Records on one page of a list. */
	pageSize: 100,
	/** Records on a page when the caller does not say. */
	defaultPageSize: 50,
	/** Longest time, in seconds, a rotated-out token can stay valid: 30 days. */
	overlapSeconds: 2592000,
	/** How long, in seconds, a rotated-out token stays valid when the caller does not say: one day. */
	defaultOverlapSeconds: 86400,
	/** Characters in an Idempotency-Key. */
	idempotencyKeyLength: 128,
	/** How long, in seconds, the answer to a call with an Idempotency-Key is kept: one day. */
	idempotencySeconds: 86400,
	/** How long, in days, counts of calls and refusals are kept. */
	usageDays: 90,
	/** Longest range, in days, that can be asked for by the hour. */
	usageDaysByHour: 31,
	/** Keys whose sums one answer about usage holds: those with the most calls. */
	keysPerUsage: 1000,
	/** Refusals a workspace keeps: the latest ones. */
	denialsPerWorkspace: 1000,
} as const;
