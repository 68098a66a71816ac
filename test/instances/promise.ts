import type { Answer } from "../support/call.js";
import type { ListeningProcess } from "../support/process.js";
import type { Fixture, Seed } from "../support/seed.js";
import { waitFor } from "../support/waitFor.js";

/** How long the other instances may take to hear of a change while the feed is up, milliseconds. */
const promiseMs = 1_000;

export interface Pair {
	readonly here: ListeningProcess;
	readonly there: ListeningProcess;
	readonly made: Seed;
}

export async function outcomeAt(
	instance: ListeningProcess,
	home: Fixture,
	token = home.token,
): Promise<string> {
	const { body } = await instance.verify(token, home.place.id);
	return body.code ?? "ok";
}

/** What is changed at one instance is seen by the other within a second, though it holds all of it in memory. */
export function revocationPromise(pairOf: () => Pair): void {
	let home: Fixture;
	let admin: string;
	beforeAll(async () => {
		admin = await pairOf().made.adminToken();
	});
	beforeEach(async () => {
		home = await pairOf().made.fixture({ key: { scopes: ["bans.read"] } });
		for (const instance of [pairOf().here, pairOf().there])
			expect(await outcomeAt(instance, home)).toBe("ok");
	});

	const manage = async (method: string, path: string, body?: unknown): Promise<Answer> => {
		const answer = await pairOf().here.call(method, path, { token: admin, body });
		expect(answer.status).toBeLessThan(300);
		return answer;
	};

	/** Makes the change here; the time until the other instance gives the outcome. */
	async function delayOf(change: () => Promise<unknown>, outcome: string, token?: string): Promise<number> {
		await change();
		const answeredAt = performance.now();
		// The instance that made it must know before it answers.
		expect(await outcomeAt(pairOf().here, home, token)).toBe(outcome);
		await waitFor(`${outcome} at the other instance`, async () => {
			return (await outcomeAt(pairOf().there, home, token)) === outcome;
		});
		return performance.now() - answeredAt;
	}

	const keyPath = () => `/v1/keys/${home.key.id}`;
	const workspacePath = () => `/v1/workspaces/${home.workspace.id}`;
	const placePath = () => `${workspacePath()}/places/${home.place.id}`;

	it.each<[string, () => Promise<unknown>, string]>([
		["a key that is revoked", () => manage("POST", `${keyPath()}/revoke`), "key_revoked"],
		["a key that is disabled", () => manage("POST", `${keyPath()}/disable`), "key_disabled"],
		[
			"a token that is rotated out",
			() => manage("POST", `${keyPath()}/rotate`, { overlapSeconds: 0 }),
			"key_expired",
		],
		[
			"a key narrowed to other places",
			() => manage("PATCH", keyPath(), { placeIds: ["1"] }),
			"place_not_allowed",
		],
		[
			"a workspace that is suspended",
			() => manage("PATCH", workspacePath(), { status: "suspended" }),
			"workspace_suspended",
		],
		[
			"a place that is made inactive",
			() => manage("PATCH", placePath(), { status: "inactive" }),
			"place_inactive",
		],
		["a place that is taken off", () => manage("DELETE", placePath()), "place_not_allowed"],
	])("is kept for %s", async (_title, change, outcome) => {
		expect(await delayOf(change, outcome)).toBeLessThan(promiseMs);
	});

	it("is kept for what becomes good: a place that is allowed, a key that is enabled, a new token", async () => {
		await manage("DELETE", placePath());
		await waitFor("the refusal at the other instance", async () => {
			return (await outcomeAt(pairOf().there, home)) === "place_not_allowed";
		});
		expect(await delayOf(() => manage("PUT", placePath(), {}), "ok")).toBeLessThan(promiseMs);
		expect(await delayOf(() => manage("POST", `${keyPath()}/disable`), "key_disabled")).toBeLessThan(
			promiseMs,
		);
		expect(await delayOf(() => manage("POST", `${keyPath()}/enable`), "ok")).toBeLessThan(promiseMs);
		const { body } = await manage("POST", `${keyPath()}/rotate`, { overlapSeconds: 60 });
		expect(await delayOf(async () => {}, "ok", body.token)).toBeLessThan(promiseMs);
		expect(await outcomeAt(pairOf().there, home)).toBe("ok");
	});

	it("is kept for a key and its workspace that are deleted", async () => {
		await manage("POST", `${keyPath()}/revoke`);
		expect(await delayOf(() => manage("DELETE", keyPath()), "key_unknown")).toBeLessThan(promiseMs);
		home = await pairOf().made.fixture();
		await manage("POST", `${keyPath()}/revoke`);
		await outcomeAt(pairOf().there, home);
		expect(await delayOf(() => manage("DELETE", workspacePath()), "key_unknown")).toBeLessThan(promiseMs);
	});
}
