import { limits } from "../limits.js";
import {
	choice,
	integer,
	list,
	object,
	openChoice,
	optional,
	robloxId,
	scope,
	text,
	timestamp,
} from "../schema.js";
import { everyScope } from "../scopes.js";

/** Shapes that several endpoints share: fields by what they mean, and the records as answered. */

export const identifier = text({ minLength: 1, maxLength: 64 });
export const name = text({ minLength: 1, maxLength: limits.nameLength });
export const description = text({ maxLength: limits.descriptionLength });

export const placeProofs = ["claimed", "header", "network"] as const;
export const keyKinds = ["game", "service", "admin"] as const;
export const keyStates = ["active", "disabled", "expired", "idle", "revoked"] as const;
export const quotaPeriods = ["day", "month"] as const;

export const placeProof = choice(placeProofs, {
	description:
		"How sure the server must be of the place: `claimed` (the body says so), `header` (Roblox's own Roblox-Id header says so), `network` (header, and the call came from a configured Roblox network).",
});

export const scopeList = list(scope(), {
	maxItems: limits.scopesPerKey,
	description: `What the key may do, as resource.action. An empty list grants nothing; ${everyScope} grants everything.`,
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

export const workspaceRecord = object({
	id: identifier,
	name: text({ maxLength: limits.nameLength }),
	status: openChoice(["active", "suspended"]),
	placeProof: optional(openChoice(placeProofs)),
	idleDays: optional(integer({ minimum: 1, maximum: 3650 })),
	maxKeys: integer({ minimum: 1, maximum: 100_000 }),
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
	state: openChoice(keyStates, {
		description: "`idle`: unused for longer than the workspace's idleDays. `revoked` is final.",
	}),
	name: text({ maxLength: limits.nameLength }),
	description: optional(text({ maxLength: limits.descriptionLength })),
	tokenStart: text({
		maxLength: 64,
		description: "The part of the token before its secret, to recognise it by.",
	}),
	scopes: list(text({ maxLength: 64 }), { maxItems: limits.scopesPerKey }),
	placeIds: list(robloxId(), { maxItems: limits.placesPerKey }),
	allowedIps: list(text({ maxLength: 64 }), { maxItems: limits.allowedIpsPerKey }),
	rateLimit: optional(rateLimit),
	quota: optional(quota),
	expiresAt: optional(timestamp()),
	lastUsedAt: optional(timestamp({ description: "Written in batches, so up to 5 seconds behind." })),
	rotatedAt: optional(timestamp()),
	previousValidUntil: optional(
		timestamp({ description: "Until when the token before the last rotation is still honoured." }),
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
