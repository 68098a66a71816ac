import type { Settings } from "./config.js";

/** Turns paths into public URLs, without a running server. */
export function linkBuilder(settings: Settings): (path: string) => string {
	return (path) => publicAddress(settings, settings.port) + path;
}

/** The address shown to callers: `PUBLIC_URL`, or where the server listens. */
export function publicAddress(
	{ publicUrl, host }: Pick<Settings, "publicUrl" | "host">,
	port: number,
): string {
	if (publicUrl !== undefined) return publicUrl;
	// Nobody can connect to the address that means every interface. The loopback address works.
	const callable = { "0.0.0.0": "127.0.0.1", "::": "::1" }[host] ?? host;
	return `http://${callable.includes(":") ? `[${callable}]` : callable}:${port}`;
}
