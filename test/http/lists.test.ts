import type { TestResponse } from "../support/call.js";
import { FakeClock } from "../support/clock.js";
import { useServer } from "../support/useServer.js";

describe("a list", () => {
	const clock = new FakeClock();
	const server = useServer({ clock });
	let admin: string;
	let lists: Record<string, { path: string; ids: string[]; more: () => Promise<unknown> }>;

	beforeAll(async () => {
		admin = await server.adminToken();
		const workspaceIds: string[] = [];
		for (let i = 0; i < 7; i++) workspaceIds.push((await server.workspace()).id);
		const [home = ""] = workspaceIds;
		const keyIds: string[] = [];
		const placeIds: string[] = [];
		// Two per moment, so that the order of IDs matters too.
		for (let i = 0; i < 7; i++) {
			if (i % 2 === 0) clock.advance(1);
			keyIds.push((await server.key(home)).key.id);
			placeIds.push((await server.place(home)).id);
		}
		const path = `/v1/workspaces/${home}`;
		lists = {
			workspaces: { path: "/v1/workspaces", ids: workspaceIds, more: () => server.workspace() },
			keys: { path: `${path}/keys`, ids: keyIds, more: () => server.key(home) },
			places: { path: `${path}/places`, ids: placeIds, more: () => server.place(home) },
		};
	});

	const get = (path: string): Promise<TestResponse> => server.call("GET", path, { token: admin });
	const listed = (name: string) => {
		const found = lists[name];
		if (found === undefined) throw new Error(`no list of ${name}`);
		return found;
	};

	describe.each(["workspaces", "keys", "places"])("of %s", (name) => {
		it("shows every record once, newest first, whatever the size of its pages", async () => {
			const { path, ids } = listed(name);
			for (const limit of [1, 2, 3, 7, 100]) {
				const seen: string[] = [];
				const moments: string[] = [];
				let cursor = "";
				do {
					const { body } = await get(`${path}?limit=${limit}${cursor && `&cursor=${cursor}`}`);
					expect(body.data.length).toBeLessThanOrEqual(limit);
					for (const record of body.data) {
						seen.push(record.id);
						moments.push(record.createdAt);
					}
					cursor = body.nextCursor ?? "";
				} while (cursor !== "");
				expect([...seen].sort()).toEqual([...ids].sort());
				expect(moments).toEqual([...moments].sort().reverse());
			}
		});

		it("has no next page when the last one is exactly full", async () => {
			const { path, ids } = listed(name);
			expect((await get(`${path}?limit=${ids.length}`)).body).not.toHaveProperty("nextCursor");
		});

		it("is not shifted by records created during paging", async () => {
			const { path, more } = listed(name);
			const { body: all } = await get(path);
			const { body: first } = await get(`${path}?limit=3`);
			clock.advance(1);
			await more();
			const { body: second } = await get(`${path}?limit=100&cursor=${first.nextCursor}`);
			expect([...first.data, ...second.data]).toEqual(all.data);
		});

		it.each([
			["limit=0", "limit"],
			["limit=101", "limit"],
			["limit=-1", "limit"],
			["limit=1.5", "limit"],
			["limit=ten", "limit"],
			["limit=", "limit"],
			["limit=1&limit=2", "limit"],
			["cursor=", "cursor"],
			["cursor=garbage", "cursor"],
			[`cursor=${Buffer.from("1:a' OR 1=1").toString("base64url")}`, "cursor"],
			[`cursor=${"x".repeat(600)}`, "cursor"],
		])("rejects ?%s", async (query, field) => {
			const { body } = await get(`${listed(name).path}?${query}`);
			expect(body).toMatchObject({ code: "validation_failed", errors: [{ path: field }] });
		});
	});

	it("shows 50 records by default", async () => {
		const { id } = await server.workspace();
		for (let i = 0; i < 51; i++) await server.place(id);
		const { body } = await get(`/v1/workspaces/${id}/places`);
		expect(body.data).toHaveLength(50);
	});
});
