import { DenialBuffer, type NewDenial } from "../../server/denials/denialBuffer.js";
import type { Denial } from "../../server/model/denial.js";

/** Keeps what is written; fails when a test tells it to, without storing anything. */
function newBuffer() {
	const written: Denial[] = [];
	const batches: number[] = [];
	const failures: boolean[] = [];
	const buffer = new DenialBuffer({
		add: async (batch) => {
			await new Promise((resolve) => setImmediate(resolve));
			if (failures.shift() === true) throw new Error("the write failed, on purpose");
			batches.push(batch.length);
			written.push(...batch);
		},
		list: async () => ({ records: [], more: false }),
		deleteBefore: async () => 0,
	});
	return { buffer, written, batches, failures };
}

function denial(fields: Partial<NewDenial> = {}): NewDenial {
	return {
		key: { id: "k_1", workspaceId: "ws_1" },
		code: "place_not_allowed",
		address: "192.0.2.1",
		at: 1_000,
		...fields,
	};
}

describe("gathered denials", () => {
	it("of one key, reason, place and address are one, with a count and the latest details", async () => {
		const { buffer, written } = newBuffer();
		buffer.add(denial({ placeId: "1", proof: "claimed", detail: "early" }));
		buffer.add(denial({ placeId: "1", proof: "header", detail: "late", at: 3_000 }));
		buffer.add(denial({ placeId: "1", proof: "claimed", detail: "set back", at: 2_000 }));
		await buffer.write();
		expect(written).toEqual([
			{
				id: expect.stringMatching(/^den_[0-9a-f]{32}$/),
				workspaceId: "ws_1",
				keyId: "k_1",
				code: "place_not_allowed",
				placeId: "1",
				proof: "header",
				detail: "late",
				address: "192.0.2.1",
				count: 3,
				firstAt: 1_000,
				lastAt: 3_000,
			},
		]);
	});

	it("that differ in key, reason, place, address or scope are separate; equal ones get the same ID again", async () => {
		const { buffer, written } = newBuffer();
		const all: Partial<NewDenial>[] = [
			{},
			{ key: { id: "k_2", workspaceId: "ws_1" } },
			{ code: "key_revoked" },
			{ placeId: "1" },
			{ address: "192.0.2.2" },
			{ scope: "bans.read" },
			{ scope: "bans.write" },
		];
		for (const each of all) buffer.add(denial(each));
		await buffer.write();
		for (const each of all) buffer.add(denial(each));
		await buffer.write();
		expect(written).toHaveLength(14);
		expect(new Set(written.map(({ id }) => id)).size).toBe(7);
	});

	it("of admin keys are not recorded", async () => {
		const { buffer, batches } = newBuffer();
		buffer.add(denial({ key: { id: "k_1" } }));
		expect(await buffer.write()).toBe(0);
		expect(batches).toEqual([]);
	});

	it("take bounded room in a flood: a workspace keeps its latest thousand", async () => {
		const { buffer, written, batches } = newBuffer();
		for (let n = 0; n < 50_000; n++) buffer.add(denial({ address: `2001:db8::${n}`, at: n }));
		buffer.add(denial({ key: { id: "k_9", workspaceId: "ws_2" } }));
		buffer.add(denial({ address: "x".repeat(10_000), detail: "y".repeat(10_000) }));
		expect(await buffer.write()).toBe(0);
		expect(Math.max(...batches)).toBe(250);
		expect(written).toHaveLength(1_001);
		expect(written.filter(({ workspaceId }) => workspaceId === "ws_2")).toHaveLength(1);
		expect(written.map(({ address }) => address)).toContain("2001:db8::49999");
		expect(Math.max(...written.map(({ address }) => address.length))).toBe(64);
		expect(Math.max(...written.map(({ detail = "" }) => detail.length))).toBe(300);
	});

	it("of many workspaces take bounded room too, and those without room are counted", async () => {
		const { buffer, written } = newBuffer();
		for (let n = 0; n < 30_000; n++) {
			buffer.add(denial({ key: { id: `k_${n}`, workspaceId: `ws_${n % 300}` } }));
		}
		// A known denial needs no new room.
		buffer.add(denial({ key: { id: "k_0", workspaceId: "ws_0" } }));
		expect(await buffer.write()).toBe(10_000);
		expect(written).toHaveLength(20_000);
		expect(written.find(({ keyId }) => keyId === "k_0")?.count).toBe(2);
		expect(await buffer.write()).toBe(0);
	});

	it("are kept if a write fails, and added to what came since; what was written is not written again", async () => {
		const { buffer, written, failures } = newBuffer();
		for (let n = 0; n < 300; n++) buffer.add(denial({ address: `192.0.2.${n}` }));
		failures.push(false, true);
		const writing = buffer.write();
		buffer.add(denial({ address: "192.0.2.299", at: 5_000 }));
		await expect(writing).rejects.toThrow("on purpose");
		expect(written).toHaveLength(250);
		await buffer.write();
		expect(written).toHaveLength(300);
		const last = written.find(({ address }) => address === "192.0.2.299");
		expect(last).toMatchObject({ count: 2, firstAt: 1_000, lastAt: 5_000 });
	});
});
