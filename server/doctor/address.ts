import { randomBytes } from "node:crypto";
import type { Settings } from "../boot/config.js";
import { publicAddress } from "../boot/publicAddress.js";
import { secretProof } from "../secrets/secretProof.js";
import type { ServerSecrets } from "../secrets/token.js";
import { type Finding, ok, problem, warning } from "./finding.js";

/** How long to wait for a response, in milliseconds. */
const timeoutMs = 5_000;

/** Who responded at an address. */
type ProbeResult =
	| { readonly kind: "this server" | "another Placelock" | "something else"; readonly aheadMs?: number }
	| { readonly kind: "nobody"; readonly reason: string }
	| { readonly kind: "redirect"; readonly to: string };

export interface AddressReport {
	readonly findings: readonly Finding[];
	/** How far the clock at PUBLIC_URL is ahead of this one, in milliseconds. */
	readonly publicAheadMs?: number;
}

/** Checks whether the server runs here, and whether PUBLIC_URL reaches it. */
export async function checkAddress(
	settings: Settings,
	secrets: ServerSecrets | undefined,
): Promise<AddressReport> {
	const here = publicAddress({ ...settings, publicUrl: undefined }, settings.port);
	const running = settings.port === 0 ? undefined : await probe(here, secrets);
	const local = running === undefined ? [] : await localFindings(here, running);
	const { publicUrl } = settings;
	if (publicUrl === undefined) return { findings: [...local, notPublic(here)] };
	const publicResult = await probe(publicUrl, secrets);
	const findings = [...local, ...publicFindings(publicUrl, publicResult, running?.kind === "nobody")];
	return { findings, publicAheadMs: "aheadMs" in publicResult ? publicResult.aheadMs : undefined };
}

function notPublic(here: string): Finding {
	return warning(
		"address",
		`PUBLIC_URL is not set: scripts printed for games use ${here}, which live game servers may not reach`,
		"For live games, set PUBLIC_URL to a public address.",
	);
}

async function localFindings(here: string, running: ProbeResult): Promise<Finding[]> {
	switch (running.kind) {
		case "nobody":
			return [ok("address", `no server is running at ${here} (${running.reason})`)];
		case "another Placelock":
			return [
				problem(
					"address",
					`the Placelock at ${here} uses another secret than this command`,
					"Run this in the server's folder and with its environment.",
				),
			];
		case "this server":
			return [await readiness(here)];
		default:
			return [problem("address", `the server at ${here} is not Placelock`, "Set PORT to a free port.")];
	}
}

async function readiness(here: string): Promise<Finding> {
	const response = await fetch(`${here}/readyz`, { signal: AbortSignal.timeout(timeoutMs) }).catch(
		() => undefined,
	);
	if (response?.status === 200) return ok("address", `the server at ${here} is ready`);
	return problem(
		"address",
		`the server at ${here} is not ready (/readyz: ${response?.status ?? "no response"})`,
		"Check its log for database errors.",
	);
}

function publicFindings(publicUrl: string, publicResult: ProbeResult, notRunning: boolean): Finding[] {
	const { protocol, hostname } = new URL(publicUrl);
	const loopback = hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
	const findings: Finding[] = [];
	if (loopback) {
		findings.push(
			warning(
				"address",
				`PUBLIC_URL is ${publicUrl}, which only this computer can reach`,
				"For live games, set it to a public address.",
			),
		);
	} else if (protocol === "http:") {
		findings.push(
			warning(
				"address",
				`PUBLIC_URL is ${publicUrl}: tokens cross the network unencrypted`,
				"Run a reverse proxy with TLS and set PUBLIC_URL to its https address.",
			),
		);
	}
	findings.push(publicReachFinding(publicUrl, publicResult, notRunning));
	return findings;
}

function publicReachFinding(publicUrl: string, publicResult: ProbeResult, notRunning: boolean): Finding {
	switch (publicResult.kind) {
		case "this server":
			return ok("address", `${publicUrl} reaches this server`);
		case "another Placelock":
			return problem(
				"address",
				`${publicUrl} reaches another Placelock: one with another secret, or a version too old to prove its secret`,
				"Point the proxy to this server, or set the same PLACELOCK_SECRET on every instance.",
			);
		case "redirect":
			return problem(
				"address",
				`${publicUrl} redirects to ${publicResult.to}`,
				"Set PUBLIC_URL to the final address: requests from games do not survive a redirect.",
			);
		case "something else":
			return problem(
				"address",
				`the server at ${publicUrl} is not Placelock`,
				"Check PUBLIC_URL and the target of the proxy. If PUBLIC_URL has a path, the proxy must strip it.",
			);
		case "nobody":
			return (notRunning ? warning : problem)(
				"address",
				`${publicUrl} does not respond from here (${publicResult.reason})`,
				notRunning
					? "Start the server and run this again."
					: "Check DNS, the firewall, the proxy and its certificate.",
			);
	}
}

/** Asks the server at an address to prove that it has the secret. Follows no redirects: games must not depend on one. */
async function probe(url: string, secrets: ServerSecrets | undefined): Promise<ProbeResult> {
	const challenge = randomBytes(24).toString("base64url");
	const startedAt = Date.now();
	try {
		const response = await fetch(`${url}/livez?challenge=${challenge}`, {
			redirect: "manual",
			signal: AbortSignal.timeout(timeoutMs),
		});
		if (response.status >= 300 && response.status < 400) {
			return { kind: "redirect", to: response.headers.get("location") ?? "another address" };
		}
		const date = Date.parse(response.headers.get("date") ?? "");
		// The header is truncated to seconds: on average it is half a second late.
		const aheadMs = Number.isNaN(date) ? undefined : date + 500 - (startedAt + Date.now()) / 2;
		const body: unknown = response.status === 200 ? await response.json().catch(() => undefined) : undefined;
		return { kind: await identify(body, challenge, secrets), aheadMs };
	} catch (error) {
		return { kind: "nobody", reason: reasonOf(error) };
	}
}

async function identify(
	body: unknown,
	challenge: string,
	secrets: ServerSecrets | undefined,
): Promise<"this server" | "another Placelock" | "something else"> {
	const response = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
	if (response.status !== "ok") return "something else";
	const known = secrets === undefined ? [] : [secrets.current, ...secrets.retired];
	const proofs = await Promise.all(known.map((secret) => secretProof(secret, challenge)));
	return proofs.some((proof) => proof === response.proof) ? "this server" : "another Placelock";
}

function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	if (error.name === "TimeoutError") return `no response within ${timeoutMs / 1000} s`;
	const { cause } = error;
	const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
	return typeof code === "string" ? code : error.message;
}
