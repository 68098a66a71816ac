/**
 * The scopes Placelock's own endpoints ask for. A key may also carry scopes of
 * the operator's own (`shop.write`), which Placelock only reports: by
 * introspection another backend asks whether a key holds one.
 */
export const scopes = {
	"bans.read": "See whether players are banned",
	"bans.write": "Ban players and lift bans",
	"live-servers.read": "See the running game servers",
	"live-servers.write": "Report as a running game server, and send commands to them",
	"keys.introspect": "Ask what a key presented by somebody else may do",
	"keys.read": "See keys, never their tokens",
	"keys.write": "Create, change, rotate, revoke and delete keys",
	"places.read": "See which places are allowed",
	"places.write": "Allow places, and stop allowing them",
	"workspaces.read": "See workspaces",
	"workspaces.write": "Create, change and delete workspaces",
} as const;

export type KnownScope = keyof typeof scopes;

/** Grants every scope. Only by being written: an empty list grants nothing. */
export const everyScope = "*";
