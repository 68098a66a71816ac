import { type Workbench, workbench } from "./placelock.js";

let bench: Workbench;
beforeEach(() => {
	bench = workbench();
});
afterEach(() => bench.remove());

const make = async (name: string, ...options: string[]) =>
	(await bench.json(["workspace", "create", name, ...options]))[0];
const refused = async (...args: string[]) => {
	const { code, stdout, stderr } = await bench.placelock([...args, "--json"]);
	expect(stdout).toBe("");
	return { exit: code, ...JSON.parse(stderr).error };
};

describe("placelock workspace", () => {
	it("creates, shows, changes and deletes one, by ID or by name", async () => {
		const made = await make(
			"Obby Studio",
			"--idle-days",
			"30",
			"--place-proof",
			"network",
			"--max-keys",
			"5",
		);
		expect(made).toMatchObject({
			name: "Obby Studio",
			status: "active",
			idleDays: 30,
			placeProof: "network",
			maxKeys: 5,
		});
		expect(await bench.json(["workspace", "show", "obby studio"])).toEqual([made]);

		const [changed] = await bench.json([
			...["workspace", "change", made.id, "--name", "Hall", "--status", "suspended"],
			...["--idle-days", "none", "--place-proof", "none", "--max-keys", "6", "--yes"],
		]);
		expect(changed).toMatchObject({ id: made.id, name: "Hall", status: "suspended", maxKeys: 6 });
		expect(changed).not.toHaveProperty("idleDays");
		expect(changed).not.toHaveProperty("placeProof");

		const deleted = await bench.json(["workspace", "delete", "Hall", "--yes"]);
		expect(deleted).toEqual([{ workspaceId: made.id, deleted: true }]);
		expect(await refused("workspace", "show", made.id)).toMatchObject({ exit: 1, code: "not_found" });
	});

	it("does not guess between two with the same name", async () => {
		const [one, other] = [await make("Obby"), await make("OBBY")];
		const { exit, code, message } = await refused("workspace", "show", "obby");
		expect({ exit, code }).toEqual({ exit: 1, code: "ambiguous" });
		expect(message).toContain(one.id);
		expect(message).toContain(other.id);
	});

	it("lists the newest first: JSON lines for programs, tab-separated cells in a pipe", async () => {
		const made = [await make("One"), await make("Two"), await make("Three")].reverse();
		expect(await bench.json(["workspace", "list"])).toEqual(made);
		expect(await bench.json(["workspace", "list", "--limit", "2"])).toEqual(made.slice(0, 2));
		const lines = (await bench.done(["workspace", "list"])).trimEnd().split("\n");
		expect(lines.map((line) => line.split("\t").slice(0, 3))).toEqual(
			made.map(({ id, name }) => [id, name, "active"]),
		);
	});

	it("shows what would be deleted, and changes nothing, without a terminal", async () => {
		const { id } = await make("Obby");
		expect(await refused("workspace", "delete", "Obby")).toMatchObject({
			exit: 64,
			message: expect.stringContaining(`deletes workspace ${id} ("Obby")`),
			problems: [{ option: "--yes", message: expect.any(String) }],
		});
		expect(await bench.json(["workspace", "list"])).toHaveLength(1);
	});

	it("asks before suspending one, but not if it is suspended already", async () => {
		const { id } = await make("Obby");
		const suspend = ["workspace", "change", id, "--status", "suspended"];
		expect(await refused(...suspend)).toMatchObject({
			exit: 64,
			message: expect.stringContaining(`suspends workspace ${id} ("Obby")`),
		});
		expect(await bench.json(["workspace", "show", id])).toMatchObject([{ status: "active" }]);
		expect(await bench.json([...suspend, "--yes"])).toMatchObject([{ status: "suspended" }]);
		expect(await bench.json(suspend)).toMatchObject([{ status: "suspended" }]);
		expect(await bench.json(["workspace", "change", id, "--status", "active"])).toMatchObject([
			{ status: "active" },
		]);
	});

	it("fails where the API fails", async () => {
		await bench.done(["quickstart", "--place", "1"]);
		expect(await refused("workspace", "delete", "My game", "--yes")).toMatchObject({
			exit: 1,
			code: "workspace_has_keys",
			message: expect.stringMatching(/^The workspace still has 1 key not revoked\. .*--revoke-keys/),
		});
	});

	it("revokes every key first with --revoke-keys, each with its audit entry, and reports how many", async () => {
		const [{ workspaceId }] = await bench.json(["quickstart", "--place", "1"]);
		for (const name of ["One", "Two"]) await bench.done(["key", "create", workspaceId, "--name", name]);
		const [revoked] = await bench.json(["key", "list", workspaceId, "--limit", "1"]);
		await bench.done(["key", "revoke", revoked.id, "--yes"]);
		const remove = ["workspace", "delete", "My game", "--revoke-keys"];
		expect(await refused(...remove)).toMatchObject({
			exit: 64,
			message: expect.stringContaining("It first revokes 2 keys"),
		});
		expect(await bench.json(["key", "list", workspaceId, "--status", "active"])).toHaveLength(2);
		expect(await bench.json([...remove, "--yes"])).toEqual([{ workspaceId, deleted: true, revokedKeys: 2 }]);
		expect(await bench.json(["workspace", "list"])).toEqual([]);
		expect(await bench.json(["audit", "--action", "keys.revoke"])).toHaveLength(3);
	});

	it("reports every invalid option, and a change without options", async () => {
		const wrong = ["--status", "gone", "--idle-days", "0", "--max-keys", "many", "--place-proof", "x"];
		const { exit, problems } = await refused("workspace", "change", "any", ...wrong);
		expect(exit).toBe(64);
		expect(problems.map(({ option }: { option: string }) => option).sort()).toEqual([
			"--idle-days",
			"--max-keys",
			"--place-proof",
			"--status",
		]);
		expect(await refused("workspace", "change", "any")).toMatchObject({ exit: 64, code: "usage" });
		expect((await refused("workspace", "create", " x", "--idle-days", "0")).problems).toEqual([
			{ option: "--idle-days", message: expect.any(String) },
			{ option: "<name>", message: "must not start or end with white space" },
		]);
		expect((await refused("workspace", "create", "")).problems).toEqual([
			{ option: "<name>", message: "must be 1 to 100 characters long" },
		]);
	});

	it("creates no database when it expects one", async () => {
		const { exit, code, message } = await refused("workspace", "list");
		expect({ exit, code }).toEqual({ exit: 78, code: "configuration" });
		expect(message).toContain(`no database in ${bench.folder}`);
	});
});
