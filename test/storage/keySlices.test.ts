import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Connection } from "../../server/storage/sqlite/connection.js";
import { keyPages } from "../../server/storage/sqlite/keyPages.js";
import { migrate } from "../../server/storage/sqlite/migrations.js";
import { keyRows, workspaceRows } from "../../server/storage/sqlite/rows.js";
import { insertInto } from "../../server/storage/sqlite/statements.js";
import { key, someTime, workspace } from "./samples.js";

/** The embedded store searches keys in slices, so that verifications run in between. */
describe("a page of keys that is searched in slices", () => {
	const folder = mkdtempSync(join(tmpdir(), "placelock-slices-"));
	const connection = new Connection(join(folder, "placelock.db"));
	const home = workspace();
	const keys = Array.from({ length: 12 }, (_, index) =>
		key(home.id, {
			name: `${index % 3 === 0 ? "rare" : "other"} ${index}`,
			createdAt: someTime + (index >> 1),
		}),
	);
	beforeAll(async () => {
		await migrate(connection);
		await connection.write(() => {
			insertInto(connection, "workspaces", workspaceRows)(home);
			for (const each of keys) insertInto(connection, "keys", keyRows)(each);
		});
		keys.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
	});
	afterAll(async () => {
		await connection.close();
		rmSync(folder, { recursive: true, force: true });
	});

	it.each([1, 2, 3, 5, 12, 13])("of %d equals the page of a single query", async (slice) => {
		const list = keyPages(connection, slice);
		const search = { part: "rare", foreignStart: "none", ids: [] };
		const rare = keys.filter(({ name }) => name.startsWith("rare"));
		for (const limit of [1, 3, 4, 5]) {
			const page = await list(home.id, { limit, search });
			expect(page).toEqual({ records: rare.slice(0, limit), more: limit < rare.length });
			const rest = await list(home.id, { limit: 12, search, after: page.records.at(-1) });
			expect(rest).toEqual({ records: rare.slice(limit), more: false });
		}
		expect(
			await list(home.id, { limit: 12, search: { part: "nowhere", foreignStart: "none", ids: [] } }),
		).toEqual({
			records: [],
			more: false,
		});
	});

	it("lets other work run between two slices", async () => {
		const turns: string[] = [];
		const page = keyPages(connection, 2)(home.id, {
			limit: 1,
			search: { part: "nowhere", foreignStart: "none", ids: [] },
		});
		setImmediate(() => turns.push("another call"));
		await page.then(() => turns.push("the page"));
		expect(turns).toEqual(["another call", "the page"]);
	});
});
