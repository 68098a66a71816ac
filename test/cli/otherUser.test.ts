import { execFile } from "node:child_process";
import { chmodSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../support/projectRoot.js";
import { type Workbench, workbench } from "./placelock.js";

let bench: Workbench;
beforeEach(async () => {
	bench = workbench();
	await bench.done(["workspace", "create", "Obby"], { PLACELOCK_SECRET: "" });
});
afterEach(() => {
	chmodSync(bench.folder, 0o700);
	bench.remove();
});

/** The ID of nobody, for running this as root: file modes do not stop root. */
const nobody = 65_534;
const root = process.getuid?.() === 0;

/** Runs a command as a user who may not list the data directory. */
function placelock(...args: string[]) {
	return placelockIn(0, ...args);
}

/** The same with another mode of the folder. None of its files can be read. */
function placelockIn(
	mode: number,
	...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
	for (const name of readdirSync(bench.folder)) chmodSync(join(bench.folder, name), 0);
	chmodSync(bench.folder, mode);
	const program = join(projectRoot, "dist", "server", "cli", "main.js");
	const env = { PATH: process.env.PATH, PLACELOCK_DATA_DIR: bench.folder, PORT: "0" };
	const user = root ? { uid: nobody, gid: nobody } : {};
	return new Promise((resolve) => {
		const options = { ...user, env, cwd: tmpdir() };
		execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
			resolve({ code: Number(error?.code ?? 0), stdout, stderr });
		});
	});
}

const describeOnPosix = process.platform === "win32" ? describe.skip : describe;
describeOnPosix("in the hands of a user who may not look into the data directory", () => {
	it.each([
		["workspace list", ["workspace", "list"]],
		["backup", ["backup", join(tmpdir(), "never-written.db")]],
		["restore", ["restore", __filename, "--force"]],
	])("%s reports it, instead of a missing database", async (_name, args) => {
		const { code, stderr } = await placelock(...args);
		expect(stderr).toContain(`no permission to access ${join(bench.folder, "placelock.db")} (EACCES)`);
		expect(stderr).toContain("Run this as the user the server runs as");
		expect({ code, stderr }).toEqual({ code: 78, stderr: expect.not.stringMatching(/no database|\n\s+at /) });
	});

	it("doctor finds three problems and announces no new files", async () => {
		const { code, stdout, stderr } = await placelock("doctor", "--json");
		expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
		const found = stdout
			.trimEnd()
			.split("\n")
			.map((line) => JSON.parse(line));
		expect(found.filter(({ status }) => status === "problem")).toMatchObject([
			{ check: "data directory", fix: expect.stringContaining("run this as that user") },
			{ check: "database", fix: "Run this as the user the server runs as." },
			{ check: "secret", fix: "Run this as the user the server runs as." },
		]);
		expect(stdout).not.toContain("first start");
	});

	it("doctor reports files it may not read in a folder it may list", async () => {
		const { code, stdout, stderr } = await placelockIn(0o755, "doctor", "--json");
		expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
		for (const name of ["placelock.db", "secret"]) {
			expect(stdout).toContain(`no permission to access ${join(bench.folder, name)} (EACCES)`);
		}
	});

	it("config does not announce a new secret", async () => {
		const { stdout, stderr } = await placelock("config");
		expect(stderr).toBe("");
		expect(stdout).toContain(`no permission to access ${join(bench.folder, "secret")}`);
		expect(stdout).not.toContain("first start");
	});
});
