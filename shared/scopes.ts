/**
 * The scopes Placelock's own endpoints ask for. A key may also carry scopes of
 * the operator's own (`shop.write`), which Placelock only reports: by
 * introspection another backend asks whether a key holds one.
 */
export const scopes = {
	"account-keys.read": "See the account's own admin keys, never their tokens",
	"account-keys.write": "Create, rotate, revoke and delete the account's own admin keys",
	"account.read": "See the account",
	"accounts.read": "See all accounts; operators only",
	"accounts.write":
		"Disable, promote, reset and delete accounts; operators only. Promoting and resetting need `*`",
	"audit.read": "See who changed what",
	"denials.read": "See which calls were refused, and why",
	"keys.introspect": "Ask what a key presented by somebody else may do",
	"keys.read": "See keys, never their tokens",
	"keys.write": "Create, change, rotate, revoke and delete keys",
	"members.read": "See who belongs to a workspace, and who is invited",
	"members.write":
		"Invite people, change their roles and remove them. Making a viewer needs every scope of reading, an admin or an owner `*`",
	"places.read": "See which places are allowed",
	"places.write": "Allow places, and stop allowing them",
	"usage.read": "See how often keys are used",
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

/** Grants every scope. Only by being written: an empty list grants nothing. */
export const wildcardScope = "*";
