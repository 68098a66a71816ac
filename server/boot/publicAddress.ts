import type { Settings } from "./config.js";

/** What a path is called from outside, told without a server. */
export function linkBuilder(settings: Settings): (path: string) => string {
	return (path) => publicAddress(settings, settings.port) + path;
}

/** The address callers are told: `PUBLIC_URL`, or where the server listens. */
export function publicAddress(
	{ publicUrl, host }: Pick<Settings, "publicUrl" | "host">,
	port: number,
): string {
	if (publicUrl !== undefined) return publicUrl;
	// Listening on every interface is no address to call: this computer's own is one that works.
	const callable = { "0.0.0.0": "127.0.0.1", "::": "::1" }[host] ?? host;
	return `http://${callable.includes(":") ? `[${callable}]` : callable}:${port}`;
}
