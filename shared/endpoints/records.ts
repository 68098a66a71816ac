import { auditActions, auditTargetTypes } from "../auditActions.js";
import { limits } from "../limits.js";
import {
	anyOf,
	boolean,
	choice,
	integer,
	json,
	list,
	literal,
	object,
	openChoice,
	optional,
	robloxId,
	scope,
	text,
	timestamp,
} from "../schema.js";
import { wildcardScope } from "../scopes.js";

/** Shapes that several endpoints share: fields by what they mean, and the records as answered. */

export const identifier = text({ minLength: 1, maxLength: 64 });
export const name = text({ minLength: 1, maxLength: limits.nameLength });
export const description = text({ maxLength: limits.descriptionLength });

export const placeProofs = ["claimed", "header", "network"] as const;
export const keyKinds = ["game", "service", "admin"] as const;
/** Kinds of the keys a workspace holds; admin keys belong to accounts. */
export const workspaceKeyKinds = ["game", "service"] as const;
export const keyStatuses = ["active", "disabled", "expired", "idle", "revoked"] as const;
export const quotaPeriods = ["day", "month"] as const;

export const placeProof = choice(placeProofs, {
	description:
		"How sure the server must be of the place: `claimed` (the body says so), `header` (Roblox's own Roblox-Id header says so), `network` (header, and the call came from a configured Roblox network).",
});

export const scopeList = list(scope(), {
	maxItems: limits.scopesPerKey,
	description: `What the key may do, as resource.action. An empty list grants nothing; ${wildcardScope} grants everything.`,
});

export const placeIdList = list(robloxId(), {
	maxItems: limits.placesPerKey,
	description: "Places a game key is narrowed to. Empty: every place of the workspace.",
});

export const allowedIpList = list(text({ minLength: 2, maxLength: 43 }), {
	maxItems: limits.allowedIpsPerKey,
	description: "IPv4 and IPv6 addresses and CIDR ranges the key may be used from. Empty: any.",
	example: ["203.0.113.0/24", "2001:db8::1"],
});

export const rateLimit = object(
	{
		limit: integer({ minimum: 1, maximum: 1_000_000 }),
		windowSeconds: integer({ minimum: 1, maximum: 86_400 }),
	},
	{ description: "Most calls within any window of this many seconds, counted per server instance." },
);

export const quota = object(
	{
		limit: integer({ minimum: 1, maximum: 1_000_000_000_000 }),
		period: choice(quotaPeriods),
	},
	{ description: "Most calls in one UTC day or calendar month, over all instances." },
);

export const roles = ["owner", "admin", "viewer"] as const;

export const accountName = text({
	minLength: limits.accountNameMinimum,
	maxLength: limits.accountNameLength,
	description:
		"What the account signs in with: letters, digits, and `_`, `.` or `-` between them. Unique, ignoring case.",
	example: "Kim_Builds",
});

export const newPassword = text({
	minLength: limits.passwordMinimum,
	maxLength: limits.passwordLength,
	description: "Refused when it is among the common ones.",
	example: "four plain words together",
});

/** What somebody signs in with: not held to the rules of new ones. */
export const password = text({ minLength: 1, maxLength: limits.passwordLength });

export const linkCode = text({
	minLength: 1,
	maxLength: 64,
	description: "The part of the link after the `#`.",
	example: "5nTq1ZbX0cGm8VwR3yKf7HdJ2sLp9EaUoIiB6tQxWzY",
});

/** A link to send to somebody. It works once. */
export const oneTimeLink = text({
	maxLength: 2000,
	description:
		"Works once. Begins with PUBLIC_URL when that is set, and otherwise with the path: put the server's address before it.",
	example: "https://keys.example.com/invitation#5nTq1ZbX0cGm8VwR3yKf7HdJ2sLp9EaUoIiB6tQxWzY",
});

export const accountFields = {
	id: identifier,
	name: text({ maxLength: limits.nameLength }),
	operator: boolean({ description: "Whether the account may do everything, everywhere on this instance." }),
	createdAt: timestamp(),
} as const;

export const accountRecord = object(accountFields);

export const signedIn = object({
	account: accountRecord,
	sessionId: identifier,
	csrfToken: text({
		maxLength: 128,
		description: "To be sent as X-CSRF-Token with every call of this session that is not a GET.",
	}),
	expiresAt: timestamp({ description: "When the session ends at the latest." }),
});

export const memberRecord = object({
	accountId: identifier,
	name: text({ maxLength: limits.nameLength }),
	role: openChoice(roles),
	createdAt: timestamp({ description: "Since when the account belongs to the workspace." }),
});

export const invitationFields = {
	id: identifier,
	role: openChoice(roles),
	note: optional(text({ maxLength: limits.nameLength, description: "Whom it is for." })),
	createdAt: timestamp(),
	expiresAt: timestamp(),
} as const;

/** Of a rotation: how long the token before it is still honoured. */
export const overlapSeconds = integer({
	minimum: 0,
	maximum: limits.overlapSeconds,
	description: `How long the old token stays valid; ${limits.defaultOverlapSeconds} when left out, 0 ends it at once.`,
});

export const workspaceRecord = object({
	id: identifier,
	name: text({ maxLength: limits.nameLength }),
	status: openChoice(["active", "suspended"]),
	placeProof: optional(openChoice(placeProofs)),
	idleDays: optional(integer({ minimum: 1, maximum: 3650 })),
	maxKeys: integer({ minimum: 1, maximum: 100_000 }),
	role: optional(openChoice(roles, { description: "The caller's role in it. An operator's is `owner`." })),
	createdAt: timestamp(),
	updatedAt: timestamp(),
});

export const placeRecord = object({
	id: robloxId(),
	name: optional(text({ maxLength: limits.nameLength })),
	status: openChoice(["active", "inactive"]),
	createdAt: timestamp(),
	updatedAt: timestamp(),
});

export const keyFields = {
	id: identifier,
	workspaceId: optional(identifier),
	kind: openChoice(keyKinds),
	status: openChoice(keyStatuses, {
		description: "`idle`: unused for longer than the workspace's idleDays. `revoked` is final.",
	}),
	name: text({ maxLength: limits.nameLength }),
	description: optional(text({ maxLength: limits.descriptionLength })),
	tokenStart: text({
		maxLength: 64,
		description:
			"The part of the token before its secret, to recognise it by. Of an imported key that was not rotated yet: how its foreign token begins, and an ellipsis.",
	}),
	scopes: list(text({ maxLength: 64 }), { maxItems: limits.scopesPerKey }),
	placeIds: list(robloxId(), { maxItems: limits.placesPerKey }),
	allowedIps: list(text({ maxLength: 64 }), { maxItems: limits.allowedIpsPerKey }),
	rateLimit: optional(rateLimit),
	quota: optional(quota),
	expiresAt: optional(timestamp()),
	lastUsedAt: optional(timestamp({ description: "Written in batches, so up to 5 seconds behind." })),
	lastUse: optional(
		object(
			{
				at: timestamp(),
				placeId: optional(robloxId()),
				address: text({ maxLength: 64, description: "The address the call came from." }),
			},
			{ description: "The last accepted call, as of `lastUsedAt`." },
		),
	),
	rotatedAt: optional(timestamp()),
	previousValidUntil: optional(
		timestamp({ description: "Until when the token before the last rotation is still honoured." }),
	),
	previousLastUsedAt: optional(
		timestamp({
			description:
				"When that token was last used since the rotation; up to 5 seconds behind, and said until a day after its overlap. Absent: not used since.",
		}),
	),
	revokedAt: optional(timestamp()),
	createdAt: timestamp(),
	updatedAt: timestamp(),
} as const;

export const keyRecord = object(keyFields);

export const keyWithToken = object({
	...keyFields,
	token: text({ maxLength: 128, description: "The secret. Shown this once; it cannot be shown again." }),
});

export const auditRecord = object({
	id: identifier,
	at: timestamp(),
	actor: anyOf([
		object({
			type: literal("account"),
			id: identifier,
			name: optional(
				text({ maxLength: 100, description: "What the account is called now; absent once it is deleted." }),
			),
			keyId: optional(text({ minLength: 1, maxLength: 64, description: "The key the account used." })),
		}),
		object({ type: literal("command-line") }),
	]),
	address: optional(text({ maxLength: 64, description: "Absent for the command line." })),
	action: openChoice(auditActions, { description: "What was done." }),
	workspaceId: optional(text({ minLength: 1, maxLength: 64 })),
	targetType: openChoice(auditTargetTypes),
	targetId: text({ maxLength: 128 }),
	before: optional(
		json({
			description: "The fields that changed, as they were. Never a secret.",
			example: { name: "Game servers" },
		}),
	),
	after: optional(
		json({
			description: "The fields that changed, as they are since. Never a secret.",
			example: { name: "Live servers" },
		}),
	),
});

export const denialRecord = object({
	id: identifier,
	code: text({ maxLength: 64, description: "Why: a code of the error catalogue." }),
	detail: optional(text({ maxLength: 300, description: "What was particular to the last one." })),
	keyId: identifier,
	keyName: optional(
		text({ maxLength: limits.nameLength, description: "What the key was called at the last one." }),
	),
	scope: optional(text({ maxLength: 64, description: "The scope the key lacks, for `scope_missing`." })),
	placeId: optional(robloxId({ description: "The place the call said it came from." })),
	proof: optional(openChoice(placeProofs, { description: "How well that place was proven." })),
	claimedPlaceId: optional(
		robloxId({ description: "What the body said, where the Roblox-Id header said otherwise." }),
	),
	address: text({ maxLength: 64, description: "The address the call came from." }),
	count: integer({
		minimum: 1,
		maximum: 9_007_199_254_740_991,
		description: "How many calls of this key from this place and address were refused for this reason.",
	}),
	firstAt: timestamp(),
	lastAt: timestamp(),
});

/** Calls in a span of time. */
export const callCounts = {
	verified: integer({ minimum: 0, maximum: 9_007_199_254_740_991 }),
	denied: integer({ minimum: 0, maximum: 9_007_199_254_740_991 }),
} as const;

/** `?limit=&cursor=` of every list. */
export const pageQueryFields = {
	limit: optional(
		integer({
			minimum: 1,
			maximum: limits.pageSize,
			description: `Most records on the page; ${limits.defaultPageSize} when left out.`,
		}),
	),
	cursor: optional(text({ minLength: 1, maxLength: 512, description: "`nextCursor` of the page before." })),
} as const;

export const pageQuery = object(pageQueryFields);

export const nextCursor = optional(
	text({ maxLength: 512, description: "Give it as `cursor` to get the next page. Absent on the last one." }),
);
