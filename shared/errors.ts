/**
 * The error catalogue: every error the API returns, in one place.
 *
 * `status` is the HTTP status, `title` says what happened and `fix` what the
 * reader can do about it. `retry`: whether the same request can succeed later
 * although nobody changes anything.
 */
export interface ErrorEntry {
	readonly status: number;
	readonly title: string;
	readonly fix: string;
	readonly retry: boolean;
}

// See docs/decisions/0007-catalogue-of-possible-codes.md
export const errors = {
	validation_failed: {
		status: 400,
		title: "Some fields are missing or invalid",
		fix: "Correct the fields listed in `errors`, then send the request again.",
		retry: false,
	},
	body_malformed: {
		status: 400,
		title: "The body is not valid JSON",
		fix: "Send a JSON object in UTF-8. In Roblox, use HttpService:JSONEncode.",
		retry: false,
	},
	request_malformed: {
		status: 400,
		title: "The request is not valid HTTP",
		fix: "Send HTTP/1.1 with a Host header, as every HTTP library does. The server does not speak TLS: put a reverse proxy in front of it.",
		retry: false,
	},
	auth_ambiguous: {
		status: 400,
		title: "Two different tokens were sent",
		fix: "Send one token, in Authorization: Bearer or in X-API-Key.",
		retry: false,
	},
	place_missing: {
		status: 400,
		title: "The request does not say which place it comes from",
		fix: "Send it from a Roblox game server, which adds the Roblox-Id header, or send placeId in the body. An unpublished place has no ID: publish it first.",
		retry: false,
	},
	idempotency_key_reused: {
		status: 400,
		title: "This Idempotency-Key was used with a different body",
		fix: "Use a new Idempotency-Key for a new request. Use the same one only to repeat a request.",
		retry: false,
	},
	auth_missing: {
		status: 401,
		title: "No token was sent",
		fix: "Send the token in the Authorization header: Bearer, a space, then the token.",
		retry: false,
	},
	key_unknown: {
		status: 401,
		title: "Unknown token",
		fix: "Check that you copied the whole token, that this server created it, and that its key was not deleted.",
		retry: false,
	},
	key_disabled: {
		status: 401,
		title: "This key is disabled",
		fix: "Enable the key.",
		retry: false,
	},
	key_expired: {
		status: 401,
		title: "This key has expired",
		fix: "Give the key a later expiry, or use another key.",
		retry: false,
	},
	token_rotated: {
		status: 401,
		title: "This token was replaced by a rotation, and its overlap has ended",
		fix: "Use the key's newest token. If it is lost, rotate the key again.",
		retry: false,
	},
	key_idle: {
		status: 401,
		title: "This key was unused for longer than its workspace allows",
		fix: "Rotate the key, or raise the workspace's idleDays.",
		retry: false,
	},
	key_revoked: {
		status: 401,
		title: "This key was revoked",
		fix: "Create a new key and use its token. Revoking cannot be undone.",
		retry: false,
	},
	session_expired: {
		status: 401,
		title: "Not signed in, or the session has ended",
		fix: "Sign in again.",
		retry: false,
	},
	sign_in_failed: {
		status: 401,
		title: "Incorrect username or password",
		fix: "Check both. If you forgot your password, ask an operator for a reset link.",
		retry: false,
	},
	role_missing: {
		status: 403,
		title: "Your role does not allow this",
		fix: "Ask an owner of the workspace, or an operator, for the role named in `detail`.",
		retry: false,
	},
	csrf_failed: {
		status: 403,
		title: "The request does not prove that it comes from the dashboard",
		fix: "Send the session's csrfToken in the X-CSRF-Token header. Programs use admin keys, which need no csrfToken.",
		retry: false,
	},
	workspace_suspended: {
		status: 403,
		title: "The key's workspace is suspended",
		fix: "Set the workspace's status to active.",
		retry: false,
	},
	place_mismatch: {
		status: 403,
		title: "The place in the body differs from the Roblox-Id header",
		fix: "Send game.PlaceId as placeId, or leave placeId out.",
		retry: false,
	},
	place_unproven: {
		status: 403,
		title: "The place is not proven well enough",
		fix: "Send the request from a Roblox game server. To try a key outside Roblox, set the workspace's placeProof to claimed.",
		retry: false,
	},
	place_not_allowed: {
		status: 403,
		title: "This key does not work in this place",
		fix: "Add the place to the workspace and, if the key is limited to some places, to the key.",
		retry: false,
	},
	place_inactive: {
		status: 403,
		title: "This place is inactive",
		fix: "Set the place's status to active.",
		retry: false,
	},
	ip_not_allowed: {
		status: 403,
		title: "This key does not work from this IP address",
		fix: "Add the address to the key's allowedIps. Behind a reverse proxy, set PLACELOCK_TRUSTED_PROXIES.",
		retry: false,
	},
	scope_missing: {
		status: 403,
		title: "This key lacks a scope that the request needs",
		fix: "Add the scope named in `detail` to the key.",
		retry: false,
	},
	kind_not_allowed: {
		status: 403,
		title: "This endpoint does not accept keys of this kind",
		fix: "Use a key of the kind named in `detail`.",
		retry: false,
	},
	not_found: {
		status: 404,
		title: "Not found",
		fix: "Check the path and the IDs in it. What you have no access to is reported as not found too.",
		retry: false,
	},
	link_invalid: {
		status: 404,
		title: "This link is no longer valid",
		fix: "It was used or revoked, or has expired. Ask whoever sent it for a new one.",
		retry: false,
	},
	method_not_allowed: {
		status: 405,
		title: "This path does not support this method",
		fix: "Use one of the methods in the Allow header.",
		retry: false,
	},
	request_timeout: {
		status: 408,
		title: "The request was not complete in time",
		fix: "Send the whole request again.",
		retry: true,
	},
	name_taken: {
		status: 409,
		title: "This name is already taken",
		fix: "Choose another name.",
		retry: false,
	},
	rotation_overlap: {
		status: 409,
		title: "The previous token of this key is still valid",
		fix: "Rotate again when the overlap ends, or rotate with overlapSeconds 0 to revoke both older tokens immediately.",
		retry: false,
	},
	rotation_conflict: {
		status: 409,
		title: "Another request rotated this key at the same time",
		fix: "Use the token that request received, or rotate again.",
		retry: false,
	},
	key_already_revoked: {
		status: 409,
		title: "A revoked key cannot be changed",
		fix: "Create a new key.",
		retry: false,
	},
	workspace_has_keys: {
		status: 409,
		title: "The workspace still has keys that are not revoked",
		fix: "Revoke its keys, then delete the workspace.",
		retry: false,
	},
	already_member: {
		status: 409,
		title: "The account already belongs to this workspace",
		fix: "Open the workspace. To change a role, ask one of its owners.",
		retry: false,
	},
	last_owner: {
		status: 409,
		title: "A workspace needs an owner who can sign in",
		fix: "Make another member an owner first.",
		retry: false,
	},
	last_operator: {
		status: 409,
		title: "The server needs an operator who can sign in",
		fix: "Make another account an operator first.",
		retry: false,
	},
	builtin_account: {
		status: 409,
		title: "The built-in account of the command line cannot be changed",
		fix: "Use an account that somebody signs in with.",
		retry: false,
	},
	account_disabled: {
		status: 409,
		title: "This account is disabled",
		fix: "Enable the account first.",
		retry: false,
	},
	setup_done: {
		status: 409,
		title: "The server is already set up",
		fix: "Sign in. If you forgot your password, ask an operator for a reset link.",
		retry: false,
	},
	idempotency_response_lost: {
		status: 409,
		title: "The stored response for this Idempotency-Key can no longer be decrypted",
		fix: "Check whether the change was made. To make it again, use a new Idempotency-Key.",
		retry: false,
	},
	limit_reached: {
		status: 409,
		title: "Limit reached",
		fix: "Revoke or remove what you no longer use. For keys, you can also raise the workspace's maxKeys.",
		retry: false,
	},
	key_not_revoked: {
		status: 409,
		title: "Only a revoked key can be deleted",
		fix: "Revoke the key before deleting it.",
		retry: false,
	},
	body_too_large: {
		status: 413,
		title: "The body is larger than 64 KiB",
		fix: "Send less in one request.",
		retry: false,
	},
	media_type_unsupported: {
		status: 415,
		title: "Unsupported Content-Type or Content-Encoding",
		fix: "Send Content-Type: application/json, and no Content-Encoding other than gzip.",
		retry: false,
	},
	expectation_failed: {
		status: 417,
		title: "Unsupported Expect header",
		fix: "Leave the Expect header out, or send Expect: 100-continue.",
		retry: false,
	},
	rate_limited: {
		status: 429,
		title: "The key's rate limit is exceeded",
		fix: "Wait for the seconds in Retry-After, or raise the key's rate limit.",
		retry: true,
	},
	quota_exceeded: {
		status: 429,
		title: "The key's quota is used up",
		fix: "Wait for the next period of the quota, or raise it.",
		retry: true,
	},
	too_many_failures: {
		status: 429,
		title: "Too many attempts with a wrong token or password",
		fix: "Wait for the seconds in Retry-After, then use the right token or password. Requests with a valid token or session still work.",
		retry: true,
	},
	headers_too_large: {
		status: 431,
		title: "The headers and the path are too large",
		fix: "Send fewer or shorter headers, or a shorter path: at most 16 KiB together.",
		retry: false,
	},
	internal: {
		status: 500,
		title: "Internal server error",
		fix: "Try again. If it keeps failing, give the operator the requestId: the server's log has the details.",
		retry: true,
	},
	unavailable: {
		status: 503,
		title: "The server cannot reach its database, is too busy or is shutting down",
		fix: "Try again after the seconds in Retry-After.",
		retry: true,
	},
} as const satisfies { readonly [code: string]: ErrorEntry };

export type ErrorCode = keyof typeof errors;
