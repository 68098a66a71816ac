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

/** Shapes that several endpoints share: fields, and records as they are returned. */

export const identifier = text({ minLength: 1, maxLength: 64 });
export const name = text({ minLength: 1, maxLength: limits.nameLength });
export const description = text({ maxLength: limits.descriptionLength });

export const placeProofs = ["claimed", "header", "network"] as const;
export const keyKinds = ["game", "service", "admin"] as const;
/** Kinds of keys that belong to workspaces. Admin keys belong to accounts. */
export const workspaceKeyKinds = ["game", "service"] as const;
export const keyStatuses = ["active", "disabled", "expired", "idle", "revoked"] as const;
export const quotaPeriods = ["day", "month"] as const;

export const placeProof = choice(placeProofs, {
	description:
		"How the place must be proven: `claimed` (by the body), `header` (by the Roblox-Id header, which Roblox sets), `network` (by the header, in a request from a configured Roblox network).",
});

export const scopeList = list(scope(), {
	maxItems: limits.scopesPerKey,
	description: `What the key can do, as resource.action. An empty list grants nothing; ${wildcardScope} grants everything.`,
});

export const placeIdList = list(robloxId(), {
	maxItems: limits.placesPerKey,
	description: "Places a game key is limited to. Empty: every place of the workspace.",
});

export const allowedIpList = list(text({ minLength: 2, maxLength: 43 }), {
	maxItems: limits.allowedIpsPerKey,
	description: "IPv4 and IPv6 addresses and CIDR ranges that the key works from. Empty: any address.",
	example: ["203.0.113.0/24", "2001:db8::1"],
});

export const rateLimit = object(
	{
		limit: integer({ minimum: 1, maximum: 1_000_000 }),
		windowSeconds: integer({ minimum: 1, maximum: 86_400 }),
	},
	{ description: "Maximum number of requests in any window of this many seconds, per server instance." },
);

export const quota = object(
	{
		limit: integer({ minimum: 1, maximum: 1_000_000_000_000 }),
		period: choice(quotaPeriods),
	},
	{ description: "Maximum number of requests in a UTC day or calendar month, across all server instances." },
);

export const roles = ["owner", "admin", "viewer"] as const;

export const accountName = text({
	minLength: limits.accountNameMinimum,
	maxLength: limits.accountNameLength,
	description:
		"Used to sign in: letters and digits, with `_`, `.` or `-` between them. Unique, ignoring case.",
	example: "Kim_Builds",
});

export const newPassword = text({
	minLength: limits.passwordMinimum,
	maxLength: limits.passwordLength,
	description: "Common passwords are rejected.",
	example: "four plain words together",
});

/** An existing password, which need not follow the rules for new ones. */
export const password = text({ minLength: 1, maxLength: limits.passwordLength });

export const linkCode = text({
	minLength: 1,
	maxLength: 64,
	description: "The part of the link after the `#`.",
	example: "5nTq1ZbX0cGm8VwR3yKf7HdJ2sLp9EaUoIiB6tQxWzY",
});

/** A link to send to somebody. Valid once. */
export const oneTimeLink = text({
	maxLength: 2000,
	description:
		"Valid once. Starts with PUBLIC_URL if that is set. Otherwise it is only a path: put the server's address in front of it.",
	example: "https://keys.example.com/invitation#5nTq1ZbX0cGm8VwR3yKf7HdJ2sLp9EaUoIiB6tQxWzY",
});

export const accountFields = {
	id: identifier,
	name: text({ maxLength: limits.nameLength }),
	operator: boolean({ description: "Whether the account has full access to the whole server." }),
	createdAt: timestamp(),
} as const;

export const accountRecord = object(accountFields);

export const signedIn = object({
	account: accountRecord,
	sessionId: identifier,
	csrfToken: text({
		maxLength: 128,
		description: "Send it as X-CSRF-Token with every request of this session that is not a GET.",
	}),
	expiresAt: timestamp({ description: "When the session ends, even if it is in use." }),
});

export const memberRecord = object({
	accountId: identifier,
	name: text({ maxLength: limits.nameLength }),
	role: openChoice(roles),
	createdAt: timestamp({ description: "When the account joined the workspace." }),
});

export const invitationFields = {
	id: identifier,
	role: openChoice(roles),
	note: optional(text({ maxLength: limits.nameLength, description: "Who it is for." })),
	createdAt: timestamp(),
	expiresAt: timestamp(),
} as const;

/** How long the previous token stays valid after a rotation. */
export const overlapSeconds = integer({
	minimum: 0,
	maximum: limits.overlapSeconds,
	description: `How long the old token stays valid. Default: ${limits.defaultOverlapSeconds}. 0 revokes it immediately.`,
});

export const workspaceRecord = object({
	id: identifier,
	name: text({ maxLength: limits.nameLength }),
	status: openChoice(["active", "suspended"]),
	placeProof: optional(openChoice(placeProofs)),
	idleDays: optional(integer({ minimum: 1, maximum: 3650 })),
	maxKeys: integer({ minimum: 1, maximum: 100_000 }),
	role: optional(
		openChoice(roles, { description: "The caller's role in the workspace; `owner` for operators." }),
	),
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
			"The token up to its secret, to recognise it by. For an imported key that was not rotated yet: the start of its original token, and an ellipsis.",
	}),
	scopes: list(text({ maxLength: 64 }), { maxItems: limits.scopesPerKey }),
	placeIds: list(robloxId(), { maxItems: limits.placesPerKey }),
	allowedIps: list(text({ maxLength: 64 }), { maxItems: limits.allowedIpsPerKey }),
	rateLimit: optional(rateLimit),
	quota: optional(quota),
	expiresAt: optional(timestamp()),
	lastUsedAt: optional(timestamp({ description: "Written in batches: up to 5 seconds behind." })),
	lastUse: optional(
		object(
			{
				at: timestamp(),
				placeId: optional(robloxId()),
				address: text({ maxLength: 64, description: "The IP address of the request." }),
			},
			{ description: "The last granted request, at `lastUsedAt`." },
		),
	),
	rotatedAt: optional(timestamp()),
	previousValidUntil: optional(
		timestamp({ description: "When the token from before the last rotation expires." }),
	),
	previousLastUsedAt: optional(
		timestamp({
			description:
				"When that token was last used after the rotation: up to 5 seconds behind, and reported until one day after the overlap ends. Absent: not used since.",
		}),
	),
	revokedAt: optional(timestamp()),
	createdAt: timestamp(),
	updatedAt: timestamp(),
} as const;

export const keyRecord = object(keyFields);

export const keyWithToken = object({
	...keyFields,
	token: text({ maxLength: 128, description: "The secret. It cannot be shown again." }),
});

export const auditRecord = object({
	id: identifier,
	at: timestamp(),
	actor: anyOf([
		object({
			type: literal("account"),
			id: identifier,
			name: optional(
				text({ maxLength: 100, description: "The account's current name; absent once it is deleted." }),
			),
			keyId: optional(text({ minLength: 1, maxLength: 64, description: "The admin key it was done with." })),
		}),
		object({ type: literal("command-line") }),
	]),
	address: optional(text({ maxLength: 64, description: "Absent for the command line." })),
	action: openChoice(auditActions, {
		description: "What was done. Mostly named after the endpoint that does it.",
	}),
	workspaceId: optional(text({ minLength: 1, maxLength: 64 })),
	targetType: openChoice(auditTargetTypes),
	targetId: text({ maxLength: 128 }),
	before: optional(
		json({
			description: "The changed fields before the change. Never contains a secret.",
			example: { name: "Game servers" },
		}),
	),
	after: optional(
		json({
			description: "The changed fields after the change. Never contains a secret.",
			example: { name: "Live servers" },
		}),
	),
});

export const denialRecord = object({
	id: identifier,
	code: text({ maxLength: 64, description: "The reason: a code of the error catalogue." }),
	detail: optional(text({ maxLength: 300, description: "Details of the latest denial." })),
	keyId: identifier,
	keyName: optional(
		text({ maxLength: limits.nameLength, description: "The key's name at the latest denial." }),
	),
	scope: optional(text({ maxLength: 64, description: "For `scope_missing`: the scope that the key lacks." })),
	placeId: optional(robloxId({ description: "The place that the request named." })),
	proof: optional(openChoice(placeProofs, { description: "How that place was proven." })),
	claimedPlaceId: optional(
		robloxId({ description: "The place in the body, where the Roblox-Id header names another." }),
	),
	address: text({ maxLength: 64, description: "The IP address of the request." }),
	count: integer({
		minimum: 1,
		maximum: 9_007_199_254_740_991,
		description:
			"How many requests with this key, from this place and IP address, were denied for this reason.",
	}),
	firstAt: timestamp(),
	lastAt: timestamp(),
});

/** Requests in a span of time. */
export const requestCounts = {
	verified: integer({ minimum: 0, maximum: 9_007_199_254_740_991 }),
	denied: integer({ minimum: 0, maximum: 9_007_199_254_740_991 }),
} as const;

/** `?limit=&cursor=` of every list. */
export const pageQueryFields = {
	limit: optional(
		integer({
			minimum: 1,
			maximum: limits.pageSize,
			description: `Maximum number of records on the page. Default: ${limits.defaultPageSize}.`,
		}),
	),
	cursor: optional(text({ minLength: 1, maxLength: 512, description: "`nextCursor` of the previous page." })),
} as const;

export const pageQuery = object(pageQueryFields);

export const nextCursor = optional(
	text({ maxLength: 512, description: "Send it as `cursor` to get the next page. Absent on the last page." }),
);
