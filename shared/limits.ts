/** Limits that the server and the SDK share, and that the documentation quotes. */
export const limits = {
	/** Largest request body in bytes, uncompressed. */
	bodyBytes: 65536,
	/** For how many seconds the SDK may treat a verification as fresh. */
	cacheSeconds: 60,
	/** Characters of a token in an introspection. Placelock's are shorter; those of other systems can be imported. */
	tokenLength: 1024,
	/** Code points in a name. */
	nameLength: 100,
	/** Minimum and maximum length of an account's name. */
	accountNameMinimum: 3,
	accountNameLength: 32,
	/** Minimum and maximum length of a password, in code points. */
	passwordMinimum: 12,
	passwordLength: 200,
	/** After how many seconds an unused session ends: one day. */
	sessionIdleSeconds: 86400,
	/** After how many seconds any session ends: 14 days. */
	sessionSeconds: 1209600,
	/** Sessions an account can have at a time; a new one ends the oldest. */
	sessionsPerAccount: 50,
	/** For how many seconds setup and reset links are valid: half an hour. */
	oneTimeLinkSeconds: 1800,
	/** For how many seconds an invitation is valid: 7 days. */
	invitationSeconds: 604800,
	/** Pending invitations and members of a workspace. */
	invitationsPerWorkspace: 100,
	membersPerWorkspace: 1000,
	/** Admin keys of an account that are not revoked. */
	keysPerAccount: 100,
	/** Code points in a description. */
	descriptionLength: 500,
	/** Scopes on one key. */
	scopesPerKey: 50,
	/** Places that a game key can be limited to. */
	placesPerKey: 100,
	/** Addresses and ranges in a key's allowedIps. */
	allowedIpsPerKey: 100,
	/** Default maximum of a workspace's keys that are not revoked. */
	keysPerWorkspace: 1000,
	/** Maximum number of records on a page. */
	pageSize: 100,
	/** Default number of records on a page. */
	defaultPageSize: 50,
	/** Longest overlap of a rotation, in seconds: 30 days. */
	overlapSeconds: 2592000,
	/** Default overlap of a rotation, in seconds: one day. */
	defaultOverlapSeconds: 86400,
	/** Characters in an Idempotency-Key. */
	idempotencyKeyLength: 128,
	/** For how many seconds the response to a request with an Idempotency-Key is kept: one day. */
	idempotencySeconds: 86400,
	/** For how many days usage and denials are kept. */
	usageDays: 90,
	/** Longest range of usage by the hour, in days. */
	usageDaysByHour: 31,
	/** Keys whose sums a usage response contains: the busiest ones. */
	keysPerUsage: 1000,
	/** Denials kept for a workspace: the latest ones. */
	denialsPerWorkspace: 1000,
} as const;
