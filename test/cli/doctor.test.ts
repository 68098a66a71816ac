import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startProcess } from "../support/process.js";
import { type Workbench, workbench } from "./placelock.js";

let bench: Workbench;
beforeEach(() => {
	bench = workbench();
});
afterEach(() => bench.remove());

const findings = (stdout: string) =>
	stdout
		.trimEnd()
		.split("\n")
		.map((line) => JSON.parse(line));

it("finds no problems with a running server, and exits with 0", async () => {
	const server = await startProcess({}, bench.folder);
	const environment = { PORT: new URL(server.origin).port, PUBLIC_URL: server.origin };
	const { code, stdout, stderr } = await bench.placelock(["doctor", "--json"], environment);
	await server.kill();
	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	const found = findings(stdout);
	expect(found.filter(({ status }) => status === "problem")).toEqual([]);
	expect(found).toContainEqual({
		check: "address",
		status: "ok",
		message: `${server.origin} reaches this server`,
	});
});

it("exits with 1 when there is a problem, and suggests a fix", async () => {
	const environment = { PORT: "0", PUBLIC_URL: "https://keys.invalid" };
	const { code, stdout, stderr } = await bench.placelock(["doctor"], environment);
	expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
	expect(stdout).toMatch(/^problem {2}proxies .*\n +-> Set PLACELOCK_TRUSTED_PROXIES to .*127\.0\.0\.1/m);
	expect(stdout).toMatch(/\n2 problems\n$/);
});

it("creates and changes nothing", async () => {
	const folder = join(bench.folder, "new");
	const { code, stdout } = await bench.placelock(["doctor"], { PORT: "0", PLACELOCK_DATA_DIR: folder });
	expect(code).toBe(0);
	expect(stdout).toContain(`${folder} will be created on the first start`);
	expect((await bench.placelock(["workspace", "list"], { PLACELOCK_DATA_DIR: folder })).code).toBe(78);
});

const onPosix = process.platform === "win32" ? it.skip : it;
onPosix("minds a .env with secrets that others may read", async () => {
	const file = join(bench.folder, ".env");
	writeFileSync(file, `PLACELOCK_SECRET=${"abcdefghijklmnop".repeat(3)}\n`);
	chmodSync(file, 0o644);
	const { stdout } = await bench.placelock(["doctor"], { PORT: "0" });
	expect(stdout).toMatch(
		/^warning {2}configuration .*\.env contains PLACELOCK_SECRET.*mode 644.*\n +-> chmod 600 \.env$/m,
	);
});
