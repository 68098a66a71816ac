import type { Environment, Settings } from "../boot/config.js";
import { type Finding, ok, problem } from "./finding.js";

/** Addresses kept for documentation (RFC 5737, RFC 3849): nobody's proxy has one. */
const nobodys = ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"];

/** Whether X-Forwarded-For is believed from those who write it, and from nobody else. */
export function checkProxies(settings: Settings, environment: Environment): Finding[] {
	const { host, publicUrl, trustedProxies } = settings;
	const listed = environment.PLACELOCK_TRUSTED_PROXIES?.trim();
	if (!listed) {
		if (!publicUrl?.startsWith("https:")) {
			return [ok("proxies", "none is trusted: callers are known by the address they connect from")];
		}
		return [
			problem(
				"proxies",
				"PUBLIC_URL is https, which only a reverse proxy can speak for Placelock, but no proxy is trusted: every call " +
					"seems to come from the proxy, so IP allow-lists refuse everybody and one caller's failures count for all",
				`Set PLACELOCK_TRUSTED_PROXIES to the proxy's address${isLoopback(host) ? ", here 127.0.0.1,::1" : ""}, and let it send X-Forwarded-For.`,
			),
		];
	}
	if (nobodys.some((address) => trustedProxies(address))) {
		return [
			problem(
				"proxies",
				"PLACELOCK_TRUSTED_PROXIES trusts addresses all over the internet: any caller can pretend to have any address",
				"List the addresses of your own proxies only.",
			),
		];
	}
	if (isLoopback(host) && !trustedProxies(host === "::1" ? "::1" : "127.0.0.1")) {
		return [
			problem(
				"proxies",
				`HOST is ${host}, so only programs on this machine connect, but ${host} is no trusted proxy: X-Forwarded-For is never believed`,
				"Add 127.0.0.1,::1 to PLACELOCK_TRUSTED_PROXIES, or set HOST to the address that the proxy connects to.",
			),
		];
	}
	return [ok("proxies", `X-Forwarded-For is believed from ${listed}`)];
}

function isLoopback(host: string): boolean {
	return host === "localhost" || host === "::1" || host.startsWith("127.");
}
