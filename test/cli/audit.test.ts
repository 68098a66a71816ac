import { spawn } from "node:child_process";
import { join } from "node:path";
import { systemClock } from "../../server/primitives/clock.js";
import { openStore } from "../../server/storage/openStore.js";
import { audit, newId, workspace } from "../storage/samples.js";
import { startProcess } from "../support/process.js";
import { projectRoot } from "../support/projectRoot.js";
import { testSecrets } from "../support/seed.js";
import { type Workbench, workbench } from "./placelock.js";

let bench: Workbench;
beforeEach(() => {
	bench = workbench();
});
afterEach(() => bench.remove());

const actions = (entries: Array<{ action: string }>) => entries.map(({ action }) => action);

it("shows who changed what, with every filter of the API", async () => {
	const server = await startProcess({}, bench.folder);
	const [{ keyId, token }] = await bench.json(["admin-key", "create"]);
	const { body } = await server.call("POST", "/v1/workspaces", { token, body: { name: "By key" } });
	const [other] = await bench.json(["workspace", "create", "By command"]);
	await bench.json(["place", "add", "By command", "5", "--name", "Lobby"]);
	await bench.json(["place", "add", "By command", "5", "--name", "Hall"]);
	await server.kill();

	const all = await bench.json(["audit"]);
	expect(actions(all)).toEqual([
		...["places.put", "places.put", "workspaces.create", "workspaces.create", "keys.create", "setup.link"],
	]);
	const found = async (...filter: string[]) => actions(await bench.json(["audit", ...filter]));
	expect(await found("--workspace", "by command")).toHaveLength(3);
	expect(await found("--actor", "command-line", "--action", "workspaces.create")).toHaveLength(1);
	expect(await found("--actor", "acc_operator", "--key", keyId)).toEqual(["workspaces.create"]);
	expect(await found("--actor", "Operator", "--key", keyId)).toEqual(["workspaces.create"]);
	expect(await found("--actor", "acc_deleted12345")).toEqual([]);
	expect(await bench.placelock(["audit", "--actor", "Nobody"])).toMatchObject({
		code: 1,
		stderr: expect.stringContaining("No account has this ID or name: Nobody"),
	});
	expect(await found("--target", body.id)).toEqual(["workspaces.create"]);
	expect(await found("--limit", "2")).toEqual(["places.put", "places.put"]);
	expect(await found("--from", all[0].at)).toEqual(["places.put"]);
	expect(await found("--to", all.at(-1).at)).toEqual([]);
	expect(await found("--from", "2026-01-01")).toHaveLength(6);
	const lines = (await bench.done(["audit", "--workspace", other.id])).split("\n");
	expect(lines[0]).toMatch(/^\S+\tcommand-line\t\tplaces\.put\tws_\w+\tplace 5\tname "Lobby" -> "Hall"$/);
	expect(lines[1]).toContain('name "Lobby", status "active"');
}, 60_000);

it("rejects invalid times and unknown actions", async () => {
	const { code, stderr } = await bench.placelock(["audit", "--from", "yesterday", "--to", "2026-02-30"]);
	expect(code).toBe(64);
	expect(stderr).toMatch(/--from must be a time[\s\S]+--to must be a time/);
	const unknown = await bench.placelock(["audit", "--action", "keys.rotated"]);
	expect(unknown).toMatchObject({ code: 64, stderr: expect.stringContaining("--action must be one of") });
	const backwards = await bench.placelock(["audit", "--from", "2026-03-02", "--to", "2026-03-01"]);
	expect(backwards).toMatchObject({
		code: 64,
		stderr: expect.stringContaining("--from must be earlier than"),
	});
});

describe("a long audit", () => {
	const count = 1_200;
	beforeEach(async () => {
		const store = await openStore({ dataDir: bench.folder }, systemClock);
		const home = workspace();
		await store.workspaces.create(home, audit());
		for (let number = 1; number < count; number++) {
			await store.workspaces.change(home.id, { name: newId("name") }, audit());
		}
		await store.close();
	}, 60_000);

	it("is printed completely, each entry once", async () => {
		const entries = await bench.json(["audit"]);
		expect(new Set(entries.map(({ id }) => id)).size).toBe(count);
	});

	it("exits quietly when its reader closes the pipe", async () => {
		const program = join(projectRoot, "dist", "server", "cli", "main.js");
		const child = spawn(process.execPath, [program, "audit", "--json"], {
			env: {
				PATH: process.env.PATH,
				PLACELOCK_DATA_DIR: bench.folder,
				PLACELOCK_SECRET: testSecrets.current,
			},
			stdio: ["ignore", "pipe", "pipe"],
		});
		let stderr = "";
		child.stderr.on("data", (text) => {
			stderr += text;
		});
		child.stdout.once("data", () => child.stdout.destroy());
		const code = await new Promise((resolve) => child.once("close", resolve));
		expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	});
});
