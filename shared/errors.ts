/**
 * The error catalogue: every way the API can refuse, in one place.
 *
 * `status` is the HTTP status, `title` what happened, `fix` what the reader can
 * do about it, `retry` whether the same call can succeed later without anyone
 * changing anything.
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
		title: "The request has fields that are missing or wrong",
		fix: "Correct the fields listed in `errors` and send the request again.",
		retry: false,
	},
	body_malformed: {
		status: 400,
		title: "The body is not valid JSON",
		fix: "Send a JSON object, encoded in UTF-8; in Roblox, with HttpService:JSONEncode.",
		retry: false,
	},
	request_malformed: {
		status: 400,
		title: "The request is not valid HTTP",
		fix: "Send HTTP/1.1 with a Host header, as every HTTP library does. The server speaks HTTP itself; TLS is a reverse proxy's business.",
		retry: false,
	},
	auth_ambiguous: {
		status: 400,
		title: "Two different tokens were sent",
		fix: "Send the token once: in Authorization: Bearer, or in X-API-Key.",
		retry: false,
	},
	place_missing: {
		status: 400,
		title: "The request does not say which place it comes from",
		fix: "Call from a Roblox game server, which sends the Roblox-Id header by itself, or send placeId in the body. An unpublished place has no id: publish it first.",
		retry: false,
	},
	idempotency_key_reused: {
		status: 400,
		title: "This Idempotency-Key was sent before, with another body",
		fix: "Use a new Idempotency-Key for every call that means something else, and the same one only to repeat a call.",
		retry: false,
	},
	auth_missing: {
		status: 401,
		title: "No token was sent",
		fix: "Send the token in the Authorization header: Bearer, a space, and the token.",
		retry: false,
	},
	key_unknown: {
		status: 401,
		title: "This token is not one of ours",
		fix: "Check that the whole token was copied, that it was made by this server, and that its key was not deleted.",
		retry: false,
	},
	key_disabled: {
		status: 401,
		title: "This key is paused",
		fix: "Enable the key again.",
		retry: false,
	},
	key_expired: {
		status: 401,
		title: "This key has expired, or this token was rotated out and its overlap is over",
		fix: "Put the newest token in place, or give the key a later expiry.",
		retry: false,
	},
	key_idle: {
		status: 401,
		title: "This key was not used for longer than its workspace allows",
		fix: "Rotate the key, or raise the workspace's idle limit.",
		retry: false,
	},
	key_revoked: {
		status: 401,
		title: "This key was revoked",
		fix: "Revoking is final: create a new key and put its token in place.",
		retry: false,
	},
	session_expired: {
		status: 401,
		title: "Nobody is signed in here, or the session has ended",
		fix: "Sign in again.",
		retry: false,
	},
	sign_in_failed: {
		status: 401,
		title: "The name or the password is not right",
		fix: "Check both. Who has forgotten the password asks an operator for a link to choose a new one.",
		retry: false,
	},
	role_missing: {
		status: 403,
		title: "This account's role does not allow it",
		fix: "Ask an owner of the workspace, or an operator, for the role named in `detail`.",
		retry: false,
	},
	csrf_failed: {
		status: 403,
		title: "The call does not prove that it comes from the dashboard",
		fix: "Send the session's csrfToken in the X-CSRF-Token header. For programs there are admin keys, which need none.",
		retry: false,
	},
	workspace_suspended: {
		status: 403,
		title: "The workspace of this key is suspended",
		fix: "Set the workspace's status back to active.",
		retry: false,
	},
	place_mismatch: {
		status: 403,
		title: "The place in the body is not the place Roblox says the call comes from",
		fix: "Send game.PlaceId as placeId, or leave placeId out.",
		retry: false,
	},
	place_unproven: {
		status: 403,
		title: "The place is not proven well enough",
		fix: "Call from a Roblox game server. To try a key outside Roblox, lower the workspace's placeProof to claimed.",
		retry: false,
	},
	place_not_allowed: {
		status: 403,
		title: "This place is not on the workspace's allow-list, or not among the places of this key",
		fix: "Add the place to the workspace, and to the key if the key is narrowed to some places.",
		retry: false,
	},
	place_inactive: {
		status: 403,
		title: "This place is on the allow-list, but inactive",
		fix: "Set the place's status to active.",
		retry: false,
	},
	ip_not_allowed: {
		status: 403,
		title: "This key may not be used from this address",
		fix: "Add the address to the key's allowedIps. Behind a reverse proxy, set PLACELOCK_TRUSTED_PROXIES.",
		retry: false,
	},
	scope_missing: {
		status: 403,
		title: "This key lacks the scope the call needs",
		fix: "Add the scope named in `detail` to the key.",
		retry: false,
	},
	kind_not_allowed: {
		status: 403,
		title: "A key of this kind may not make this call",
		fix: "Use a key of the kind named in `detail`.",
		retry: false,
	},
	not_found: {
		status: 404,
		title: "There is nothing here, or nothing that the caller may see",
		fix: "Check the path and the ids in it.",
		retry: false,
	},
	link_invalid: {
		status: 404,
		title: "This link was used, has expired, was taken back, or never existed",
		fix: "Ask whoever sent it for a new one.",
		retry: false,
	},
	method_not_allowed: {
		status: 405,
		title: "This path does not take this method",
		fix: "Use one of the methods in the Allow header.",
		retry: false,
	},
	request_timeout: {
		status: 408,
		title: "The request did not come to its end in time",
		fix: "Send it again, whole.",
		retry: true,
	},
	conflict: {
		status: 409,
		title: "This does not fit with what is already there",
		fix: "See `detail` for what stands in the way.",
		retry: false,
	},
	limit_reached: {
		status: 409,
		title: "The workspace holds as many as it may",
		fix: "Revoke what is no longer used, or raise the workspace's limit.",
		retry: false,
	},
	key_not_revoked: {
		status: 409,
		title: "Only a revoked key can be deleted",
		fix: "Revoke the key first, so that nothing that still uses it is surprised.",
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
		title: "The body is of a type or encoding this API does not read",
		fix: "Send Content-Type: application/json, and no Content-Encoding but gzip.",
		retry: false,
	},
	expectation_failed: {
		status: 417,
		title: "The request expects what this server does not do",
		fix: "Leave the Expect header out, or send Expect: 100-continue.",
		retry: false,
	},
	rate_limited: {
		status: 429,
		title: "This key was used more often than its rate limit allows",
		fix: "Wait for the seconds in Retry-After, or raise the key's rate limit.",
		retry: true,
	},
	quota_exceeded: {
		status: 429,
		title: "This key has used up its quota",
		fix: "Wait for the quota's next period, or raise the key's quota.",
		retry: true,
	},
	too_many_failures: {
		status: 429,
		title: "Too many attempts with a wrong token or password",
		fix: "Wait for the seconds in Retry-After, then use the right token or password. Calls with a valid token or session are answered all the while.",
		retry: true,
	},
	headers_too_large: {
		status: 431,
		title: "The headers and the path are larger than the server reads",
		fix: "Send fewer or shorter headers, or a shorter path: together at most 16 KiB.",
		retry: false,
	},
	internal: {
		status: 500,
		title: "Something went wrong in the server",
		fix: "Try again. If it stays, give the operator the requestId: the server's log says what happened.",
		retry: true,
	},
	unavailable: {
		status: 503,
		title: "The server cannot reach its database, or is shutting down",
		fix: "Try again after the seconds in Retry-After.",
		retry: true,
	},
} as const satisfies { readonly [code: string]: ErrorEntry };

export type ErrorCode = keyof typeof errors;
