import type { Environment, Settings } from "../boot/config.js";
import { type Finding, ok, problem } from "./finding.js";

/** Addresses reserved for documentation (RFC 5737, RFC 3849): no real proxy has one. */
const documentationAddresses = ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"];

/** Checks that X-Forwarded-For is trusted from the proxies and from nobody else. */
export function checkProxies(settings: Settings, environment: Environment): Finding[] {
	const { host, publicUrl, trustedProxies } = settings;
	const listed = environment.PLACELOCK_TRUSTED_PROXIES?.trim();
	if (!listed) {
		if (!publicUrl?.startsWith("https:")) {
			return [
				ok("proxies", "no proxy is trusted; the address of the connection counts as the client address"),
			];
		}
		return [
			problem(
				"proxies",
				"PUBLIC_URL is https, so a reverse proxy must be in front of Placelock, but no proxy is trusted: every request " +
					"seems to come from the proxy, so IP allow-lists deny everybody and one client's failures count for all",
				`Set PLACELOCK_TRUSTED_PROXIES to the proxy's address${isLoopback(host) ? ", here 127.0.0.1,::1" : ""}, and make it send X-Forwarded-For.`,
			),
		];
	}
	if (documentationAddresses.some((address) => trustedProxies(address))) {
		return [
			problem(
				"proxies",
				"PLACELOCK_TRUSTED_PROXIES includes public addresses that are not yours: clients can fake their address",
				"List only the addresses of your own proxies.",
			),
		];
	}
	if (isLoopback(host) && !trustedProxies(host === "::1" ? "::1" : "127.0.0.1")) {
		return [
			problem(
				"proxies",
				`HOST is ${host}, so only programs on this machine can connect, but ${host} is not a trusted proxy: X-Forwarded-For is always ignored`,
				"Add 127.0.0.1,::1 to PLACELOCK_TRUSTED_PROXIES, or set HOST to the address that the proxy connects to.",
			),
		];
	}
	return [ok("proxies", `X-Forwarded-For is trusted from ${listed}`)];
}

function isLoopback(host: string): boolean {
	return host === "localhost" || host === "::1" || host.startsWith("127.");
}
