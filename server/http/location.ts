import type { Endpoint } from "../../shared/endpoint.js";
import type { Params } from "./input.js";

/**
 * Writes the Location of what an endpoint created, relative to the request's
 * URL (RFC 9110, section 10.2.2): so it is right behind a proxy that adds a
 * path of its own. Undefined for an endpoint that creates nothing.
 */
export function locationWriter(
	endpoint: Endpoint,
): ((url: string, params: Params, body: object) => string) | undefined {
	const { path, location } = endpoint;
	if (location === undefined) return undefined;
	// What a reference is resolved against has no last segment.
	const from = path.split("/").slice(0, -1);
	const to = location.split("/");
	const differsAt = from.findIndex((segment, index) => segment !== to[index]);
	const shared = differsAt === -1 ? from.length : differsAt;
	const up = "../".repeat(from.length - shared);
	const down = to.slice(shared);
	return (url, params, body) => {
		const values: Readonly<Record<string, unknown>> = { ...params, ...body };
		const filled = down.map((segment) =>
			segment.startsWith(":") ? encodeURIComponent(String(values[segment.slice(1)])) : segment,
		);
		// Express also routes paths that end with a slash, which is one more segment.
		const slash = /^[^?]*\/(\?|$)/.test(url) ? "../" : "";
		return `${slash}${up}${filled.join("/")}`;
	};
}
