/**
 * The scopes Placelock's own endpoints ask for. A key may also carry scopes of
 * the operator's own (`shop.write`), which Placelock only reports: by
 * introspection another backend asks whether a key holds one.
 *
 * See docs/decisions/0006-custom-scopes.md
 */
export const scopes = {
	"account-keys.read": "See the account's own admin keys, never their tokens",
	"account-keys.write": "Create, rotate, revoke and delete the account's own admin keys",
	"account.read": "See the account",
	"accounts.read": "See all accounts; operators only",
	"accounts.write":
		"Disable, promote, reset and delete accounts; operators only. Promoting and resetting need `*`",
	"audit.read": "See who changed what",
	"bans.read": "See whether players are banned",
	"bans.write": "Ban players and lift bans",
	"denials.read": "See which calls were refused, and why",
	"live-servers.read": "See the running game servers",
	"live-servers.write": "Report as a running game server, and send commands to them",
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

/** Grants every scope. Only by being written: an empty list grants nothing. */
export const wildcardScope = "*";
