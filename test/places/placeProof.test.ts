import fc from "fast-check";
import { Problem } from "../../server/core/problem.js";
import { provePlace } from "../../server/places/provePlace.js";
import { placeProofs } from "../../shared/endpoints/records.js";
import { startServer } from "../support/server.js";
import { useServer } from "../support/useServer.js";

describe("the proof of a place", () => {
	const address = "192.0.2.1";
	const placeId = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String);
	const header = fc.option(fc.oneof(placeId, fc.constantFrom("0", "", "00", "12, 34", "abc", "-1", "1.5")), {
		nil: undefined,
	});
	const evidence = fc.record({
		address: fc.constant(address),
		robloxId: header,
		claimedPlaceId: fc.option(placeId, { nil: undefined }),
	});
	const required = fc.constantFrom(...placeProofs);

	it("is never weaker than required, and never for a place that was not sent", () => {
		fc.assert(
			fc.property(evidence, required, fc.boolean(), (sent, wanted, fromRobloxNetwork) => {
				const proven = provePlace(sent, wanted, () => fromRobloxNetwork);
				if (proven instanceof Problem) return;
				expect(placeProofs.indexOf(proven.proof)).toBeGreaterThanOrEqual(placeProofs.indexOf(wanted));
				expect([sent.robloxId, sent.claimedPlaceId]).toContain(proven.placeId);
				if (proven.proof !== "claimed") expect(proven.placeId).toBe(sent.robloxId);
				if (proven.proof === "network") expect(fromRobloxNetwork).toBe(true);
			}),
		);
	});

	it("takes a header that is not an ID neither as proof nor as a contradiction", () => {
		fc.assert(
			fc.property(placeId, fc.constantFrom("0", "", "x", "1, 2"), (claimedPlaceId, robloxId) => {
				const proven = provePlace({ address, robloxId, claimedPlaceId }, "claimed", () => true);
				expect(proven).toEqual({ placeId: claimedPlaceId, proof: "claimed" });
			}),
		);
	});

	it("is a mismatch when header and claim differ, whatever is required", () => {
		fc.assert(
			fc.property(placeId, placeId, required, fc.boolean(), (robloxId, claimedPlaceId, wanted, isRoblox) => {
				fc.pre(robloxId !== claimedPlaceId);
				const problem = provePlace({ address, robloxId, claimedPlaceId }, wanted, () => isRoblox);
				expect(problem).toMatchObject({ code: "place_mismatch" });
			}),
		);
	});
});

describe("a place, over HTTP", () => {
	const server = useServer({
		settings: { trustedProxies: ["127.0.0.1"], robloxNetworks: ["128.116.0.0/17"], placeProof: "header" },
	});

	const inside = { "x-forwarded-for": "128.116.1.1" };
	const outside = { "x-forwarded-for": "203.0.113.7" };

	it.each([
		["claimed", "claimed", "place_unproven", "place_unproven"],
		["header", "header", "header", "place_unproven"],
		["header, from Roblox", "network", "network", "network"],
	] as const)(
		"proven by %s is accepted exactly where it is sufficient",
		async (how, claimed, header, network) => {
			const outcomes = [];
			for (const placeProof of ["claimed", "header", "network"] as const) {
				const home = await server.fixture({ workspace: { placeProof } });
				const { body } = await server.call("POST", "/v1/verify", {
					token: home.token,
					robloxId: how === "claimed" ? undefined : home.place.id,
					headers: how === "header, from Roblox" ? inside : outside,
					body: { placeId: home.place.id },
				});
				outcomes.push(body.code ?? body.place.proof);
			}
			expect(outcomes).toEqual([claimed, header, network]);
		},
	);

	it("must meet the server's setting when the workspace has none", async () => {
		const home = await server.fixture();
		const claimed = { token: home.token, body: { placeId: home.place.id } };
		expect((await server.call("POST", "/v1/verify", claimed)).body.code).toBe("place_unproven");
		const lax = await startServer({ settings: { placeProof: "claimed" } });
		const other = await lax.fixture();
		const response = await lax.call("POST", "/v1/verify", {
			token: other.token,
			body: { placeId: other.place.id },
		});
		expect(response.body.place.proof).toBe("claimed");
		await lax.close();
	});

	it("is denied when the key is limited to other places, though the workspace allows it", async () => {
		const home = await server.fixture();
		const second = await server.place(home.workspace.id);
		const { token } = await server.key(home.workspace.id, { placeIds: [second.id, "999"] });
		const outcome = async (id: string) => (await server.verify(token, id)).body.code ?? "ok";
		expect(await outcome(second.id)).toBe("ok");
		expect(await outcome(home.place.id)).toBe("place_not_allowed");
		// Listed by the key, but not on the workspace's allow-list.
		expect(await outcome("999")).toBe("place_not_allowed");
		expect((await server.verify(home.token, home.place.id)).status).toBe(200);
	});

	it("of one workspace is not allowed for a key of another", async () => {
		const [home, neighbour] = [await server.fixture(), await server.fixture()];
		const { body } = await server.verify(home.token, neighbour.place.id);
		expect(body.code).toBe("place_not_allowed");
	});

	it("sent as several Roblox-Id headers proves nothing", async () => {
		const home = await server.fixture();
		const headers = { "roblox-id": [home.place.id, "1"] };
		const response = await server.call("POST", "/v1/verify", { token: home.token, headers, body: {} });
		expect(response.body.code).toBe("place_missing");
	});
});
