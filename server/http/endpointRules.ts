import type { Endpoint } from "../../shared/endpoint.js";
import type { ErrorCode } from "../../shared/errors.js";

/**
 * Game endpoints ignore unknown request fields, so that a newer SDK works with
 * an older server; so do those that anyone may GET, because what watches a
 * server asks as it likes. The others refuse them, because there a misspelt
 * field is a mistake.
 */
export function refusesUnknownFields({ caller, method }: Endpoint): boolean {
	return caller !== "game" && !(caller === "public" && method === "GET");
}

const anyCall: readonly ErrorCode[] = ["internal", "unavailable"];
const withKey: readonly ErrorCode[] = [
	"auth_missing",
	"auth_ambiguous",
	"key_unknown",
	"key_disabled",
	"key_expired",
	"token_rotated",
	"key_revoked",
	"ip_not_allowed",
	"kind_not_allowed",
	"rate_limited",
	"quota_exceeded",
	"too_many_failures",
];
const withWorkspaceKey: readonly ErrorCode[] = ["key_idle", "workspace_suspended"];
const withPlace: readonly ErrorCode[] = [
	"place_missing",
	"place_mismatch",
	"place_unproven",
	"place_not_allowed",
	"place_inactive",
];
const withBody: readonly ErrorCode[] = ["body_malformed", "body_too_large", "media_type_unsupported"];

const withSession: readonly ErrorCode[] = ["session_expired", "too_many_failures"];

/** Every code the endpoint can answer: its own and those that come with its caller, scope, role and input. */
export function errorsOf(endpoint: Endpoint): ErrorCode[] {
	const { caller } = endpoint;
	const codes = new Set<ErrorCode>();
	const add = (more: readonly ErrorCode[]) => {
		for (const code of more) codes.add(code);
	};
	// Also without a body: paths hold ids, and a query nobody asked for is refused.
	if (caller !== "public" || endpoint.body !== undefined) add(["validation_failed"]);
	if (endpoint.body !== undefined) add(withBody);
	if (caller === "game" || caller === "service" || caller === "admin") add(withKey);
	if (caller === "game" || caller === "service") add(withWorkspaceKey);
	if (caller === "game") add(withPlace);
	if (caller === "admin" || caller === "session") {
		add(withSession);
		if (endpoint.method !== "GET") add(["csrf_failed"]);
	}
	if (endpoint.scope !== undefined) add(["scope_missing"]);
	if (endpoint.role !== undefined && endpoint.role !== "viewer") add(["role_missing"]);
	if (endpoint.takesIdempotencyKey) add(["idempotency_key_reused", "idempotency_response_lost"]);
	add(endpoint.errors);
	add(anyCall);
	return [...codes];
}
