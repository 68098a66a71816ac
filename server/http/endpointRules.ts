import type { Endpoint } from "../../shared/endpoint.js";
import type { ErrorCode } from "../../shared/errors.js";

/**
 * Game endpoints ignore unknown request fields, so that a newer SDK works with
 * an older server; the others refuse them, because there a misspelt field is a
 * mistake.
 */
export function refusesUnknownFields(endpoint: Endpoint): boolean {
	return endpoint.caller !== "game";
}

const anyCall: readonly ErrorCode[] = ["internal", "unavailable"];
const withKey: readonly ErrorCode[] = [
	"auth_missing",
	"auth_ambiguous",
	"key_unknown",
	"key_disabled",
	"key_expired",
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

/** Every code the endpoint can answer: its own and those that come with its caller, scope and input. */
export function errorsOf(endpoint: Endpoint): ErrorCode[] {
	const codes = new Set<ErrorCode>();
	const add = (more: readonly ErrorCode[]) => {
		for (const code of more) codes.add(code);
	};
	// Also without a body: paths hold ids, and a query nobody asked for is refused.
	if (endpoint.caller !== "public") add(["validation_failed"]);
	if (endpoint.body !== undefined) add(withBody);
	if (endpoint.caller !== "public") add(withKey);
	if (endpoint.caller === "game" || endpoint.caller === "service") add(withWorkspaceKey);
	if (endpoint.caller === "game") add(withPlace);
	if (endpoint.scope !== undefined) add(["scope_missing"]);
	add(endpoint.errors);
	add(anyCall);
	return [...codes];
}
