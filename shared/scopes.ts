/**
 * The scopes that Placelock's endpoints require. A key can also have custom
 * scopes (`shop.write`), which Placelock only reports: a backend learns by
 * introspection whether a key has one.
 *
 * See docs/decisions/0006-custom-scopes.md
 */
export const scopes = {
	"account-keys.read": "See the account's admin keys, never their tokens",
	"account-keys.write": "Create, rotate, revoke and delete the account's admin keys",
	"account.read": "See the account",
	"accounts.read": "See all accounts; operators only",
	"accounts.write":
		"Disable, promote, reset and delete accounts; operators only. Promoting and resetting need `*`",
	"audit.read": "See the audit log",
	"denials.read": "See denied requests, and why they were denied",
	"keys.introspect": "Check tokens received from others, and what their keys can do",
	"keys.read": "See keys, never their tokens",
	"keys.write": "Create, change, rotate, revoke and delete keys",
	"members.read": "See a workspace's members and invitations",
	"members.write":
		"Invite people, change their roles and remove them. For a viewer the key also needs every read scope, for an admin or owner `*`",
	"places.read": "See the allowed places",
	"places.write": "Add, change and remove allowed places",
	"usage.read": "See how often keys are used, and how fast requests are answered",
	"workspaces.read": "See workspaces",
	"workspaces.write": "Create, change and delete workspaces",
} as const;

export type KnownScope = keyof typeof scopes;

/**
 * Scopes of endpoints that are planned. Nothing offers them yet. A key may hold
 * one already, and granting it follows the rules for Placelock's own scopes, so
 * that no key can do more than its creator once the endpoints exist.
 */
export const plannedScopes = ["bans.read", "bans.write", "live-servers.read", "live-servers.write"] as const;

/** Grants every scope. It must be listed: an empty list grants nothing. */
export const wildcardScope = "*";
