import type { TestResponse } from "../support/call.js";
import type { ListeningProcess } from "../support/process.js";
import type { Fixture, Seed } from "../support/seed.js";
import { waitFor } from "../support/waitFor.js";

/** How long other instances may take to see a change while the feed is up, milliseconds. */
const promiseMs = 1_000;

export interface Pair {
	readonly server: ListeningProcess;
	readonly otherServer: ListeningProcess;
	readonly seed: Seed;
}

export async function outcomeAt(
	instance: ListeningProcess,
	home: Fixture,
	token = home.token,
): Promise<string> {
	const { body } = await instance.verify(token, home.place.id);
	return body.code ?? "ok";
}

/** A change at one instance is seen by the other within a second, though it has everything in memory. */
export function revocationPromise(pairOf: () => Pair): void {
	let home: Fixture;
	let admin: string;
	beforeAll(async () => {
		admin = await pairOf().seed.adminToken();
	});
	beforeEach(async () => {
		home = await pairOf().seed.fixture({ key: { scopes: ["bans.read"] } });
		for (const instance of [pairOf().server, pairOf().otherServer])
			expect(await outcomeAt(instance, home)).toBe("ok");
	});

	const manage = async (method: string, path: string, body?: unknown): Promise<TestResponse> => {
		const answer = await pairOf().server.call(method, path, { token: admin, body });
		expect(answer.status).toBeLessThan(300);
		return answer;
	};

	/** Makes the change and returns the time until the other instance shows the outcome. */
	async function delayOf(change: () => Promise<unknown>, outcome: string, token?: string): Promise<number> {
		await change();
		const answeredAt = performance.now();
		// The instance that made the change must know it before it responds.
		expect(await outcomeAt(pairOf().server, home, token)).toBe(outcome);
		await waitFor(`${outcome} at the other instance`, async () => {
			return (await outcomeAt(pairOf().otherServer, home, token)) === outcome;
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
			"token_rotated",
		],
		[
			"a key restricted to other places",
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
		["a deleted place", () => manage("DELETE", placePath()), "place_not_allowed"],
	])("holds for %s", async (_title, change, outcome) => {
		expect(await delayOf(change, outcome)).toBeLessThan(promiseMs);
	});

	it("holds for what becomes valid: an allowed place, an enabled key, a new token", async () => {
		await manage("DELETE", placePath());
		await waitFor("the denial at the other instance", async () => {
			return (await outcomeAt(pairOf().otherServer, home)) === "place_not_allowed";
		});
		expect(await delayOf(() => manage("PUT", placePath(), {}), "ok")).toBeLessThan(promiseMs);
		expect(await delayOf(() => manage("POST", `${keyPath()}/disable`), "key_disabled")).toBeLessThan(
			promiseMs,
		);
		expect(await delayOf(() => manage("POST", `${keyPath()}/enable`), "ok")).toBeLessThan(promiseMs);
		const { body } = await manage("POST", `${keyPath()}/rotate`, { overlapSeconds: 60 });
		expect(await delayOf(async () => {}, "ok", body.token)).toBeLessThan(promiseMs);
		expect(await outcomeAt(pairOf().otherServer, home)).toBe("ok");
	});

	it("holds for a deleted key and its deleted workspace", async () => {
		await manage("POST", `${keyPath()}/revoke`);
		expect(await delayOf(() => manage("DELETE", keyPath()), "key_unknown")).toBeLessThan(promiseMs);
		home = await pairOf().seed.fixture();
		await manage("POST", `${keyPath()}/revoke`);
		await outcomeAt(pairOf().otherServer, home);
		expect(await delayOf(() => manage("DELETE", workspacePath()), "key_unknown")).toBeLessThan(promiseMs);
	});
}
