import { randomBytes } from "node:crypto";
import type { Settings } from "../boot/config.js";
import { publicAddress } from "../boot/publicAddress.js";
import { secretProof } from "../secrets/secretProof.js";
import type { ServerSecrets } from "../secrets/token.js";
import { type Finding, ok, problem, warning } from "./finding.js";

/** How long a server may take to answer, milliseconds. */
const patienceMs = 5_000;

/** Who answered. */
type Answered =
	| { readonly who: "this server" | "another Placelock" | "something else"; readonly aheadMs?: number }
	| { readonly who: "nobody"; readonly reason: string }
	| { readonly who: "redirect"; readonly to: string };

export interface AddressSeen {
	readonly findings: readonly Finding[];
	/** How far the clock of whoever answered at PUBLIC_URL is ahead of this one, milliseconds. */
	readonly publicAheadMs?: number;
}

/** Whether the server runs here, and whether it is what answers at PUBLIC_URL. */
export async function checkAddress(
	settings: Settings,
	secrets: ServerSecrets | undefined,
): Promise<AddressSeen> {
	const here = publicAddress({ ...settings, publicUrl: undefined }, settings.port);
	const running = settings.port === 0 ? undefined : await ask(here, secrets);
	const local = running === undefined ? [] : await localFindings(here, running);
	const { publicUrl } = settings;
	if (publicUrl === undefined) return { findings: [...local, notPublic(here)] };
	const reached = await ask(publicUrl, secrets);
	const findings = [...local, ...publicFindings(publicUrl, reached, running?.who === "nobody")];
	return { findings, publicAheadMs: "aheadMs" in reached ? reached.aheadMs : undefined };
}

function notPublic(here: string): Finding {
	return warning(
		"address",
		`PUBLIC_URL is not set: what is printed for games says ${here}, which live game servers may not reach`,
		"For live games, set PUBLIC_URL to the address that the internet reaches.",
	);
}

async function localFindings(here: string, running: Answered): Promise<Finding[]> {
	switch (running.who) {
		case "nobody":
			return [ok("address", `no server runs at ${here} now (${running.reason})`)];
		case "another Placelock":
			return [
				problem(
					"address",
					`the Placelock at ${here} has another secret than the one here`,
					"Run this with the same environment, and in the same folder, as the server.",
				),
			];
		case "this server":
			return [await readiness(here)];
		default:
			return [
				problem(
					"address",
					`what answers at ${here} is no Placelock`,
					"Set PORT to one that no other program uses.",
				),
			];
	}
}

async function readiness(here: string): Promise<Finding> {
	const answer = await fetch(`${here}/readyz`, { signal: AbortSignal.timeout(patienceMs) }).catch(
		() => undefined,
	);
	if (answer?.status === 200) return ok("address", `the server runs at ${here}, and is ready`);
	return problem(
		"address",
		`the server runs at ${here}, but is not ready (/readyz answers ${answer?.status ?? "nothing"})`,
		"See what its log says of the database.",
	);
}

function publicFindings(publicUrl: string, reached: Answered, notRunning: boolean): Finding[] {
	const { protocol, hostname } = new URL(publicUrl);
	const loopback = hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
	const findings: Finding[] = [];
	if (loopback) {
		findings.push(
			warning(
				"address",
				`PUBLIC_URL is ${publicUrl}: this computer only`,
				"For live games, set it to an address that the internet reaches.",
			),
		);
	} else if (protocol === "http:") {
		findings.push(
			warning(
				"address",
				`PUBLIC_URL is ${publicUrl}: tokens cross the network in the clear`,
				"Put a reverse proxy with TLS in front, and set PUBLIC_URL to its https address.",
			),
		);
	}
	findings.push(reachFinding(publicUrl, reached, notRunning));
	return findings;
}

function reachFinding(publicUrl: string, reached: Answered, notRunning: boolean): Finding {
	switch (reached.who) {
		case "this server":
			return ok("address", `${publicUrl} reaches this server`);
		case "another Placelock":
			return problem(
				"address",
				`${publicUrl} reaches a Placelock that does not have this secret, or an older one that cannot prove it`,
				"Lead the proxy to this server, or give every instance the same PLACELOCK_SECRET.",
			);
		case "redirect":
			return problem(
				"address",
				`${publicUrl} redirects to ${reached.to}`,
				"Set PUBLIC_URL to the final address: what a game sends does not survive a redirect.",
			);
		case "something else":
			return problem(
				"address",
				`what answers at ${publicUrl} is no Placelock`,
				"Check the name in PUBLIC_URL, and where the proxy leads. A path in it must be taken off before it is passed on.",
			);
		case "nobody":
			return (notRunning ? warning : problem)(
				"address",
				`${publicUrl} does not answer from here (${reached.reason})`,
				notRunning
					? "Start the server, and look again."
					: "Check the name in the DNS, the firewall, the proxy and its certificate.",
			);
	}
}

/** Asks whoever is at an address to prove that it has the secret. Follows no redirect, as no game should have to. */
async function ask(url: string, secrets: ServerSecrets | undefined): Promise<Answered> {
	const challenge = randomBytes(24).toString("base64url");
	const asked = Date.now();
	try {
		const answer = await fetch(`${url}/livez?challenge=${challenge}`, {
			redirect: "manual",
			signal: AbortSignal.timeout(patienceMs),
		});
		if (answer.status >= 300 && answer.status < 400) {
			return { who: "redirect", to: answer.headers.get("location") ?? "another address" };
		}
		const date = Date.parse(answer.headers.get("date") ?? "");
		// The header has whole seconds: on average it is half of one late.
		const aheadMs = Number.isNaN(date) ? undefined : date + 500 - (asked + Date.now()) / 2;
		const body: unknown = answer.status === 200 ? await answer.json().catch(() => undefined) : undefined;
		return { who: await whoSays(body, challenge, secrets), aheadMs };
	} catch (error) {
		return { who: "nobody", reason: reasonOf(error) };
	}
}

async function whoSays(
	body: unknown,
	challenge: string,
	secrets: ServerSecrets | undefined,
): Promise<"this server" | "another Placelock" | "something else"> {
	const answer = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
	if (answer.status !== "ok") return "something else";
	const known = secrets === undefined ? [] : [secrets.current, ...secrets.retired];
	const proofs = await Promise.all(known.map((secret) => secretProof(secret, challenge)));
	return proofs.some((proof) => proof === answer.proof) ? "this server" : "another Placelock";
}

function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	if (error.name === "TimeoutError") return `no answer within ${patienceMs / 1000} s`;
	const { cause } = error;
	const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
	return typeof code === "string" ? code : error.message;
}
