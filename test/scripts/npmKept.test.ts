import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../support/projectRoot.js";

/**
 * npm's start script for PowerShell loses the first `--`. npm then keeps the
 * options, and what is left must not be run without them.
 */
describe("npm run placelock", () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "placelock-kept-"));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	function run(program: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) {
		// What npm that runs these tests has set is not what the other one sets.
		const own = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
		const env = { ...Object.fromEntries(own), PLACELOCK_DATA_DIR: join(folder, "data"), ...more };
		const { status, stdout, stderr } = spawnSync(program, args, { cwd: projectRoot, env, encoding: "utf8" });
		return { status, stdout, stderr };
	}
	const npm = (...args: string[]) => run("npm", ["run", "--silent", "placelock", ...args]);
	const asFromNpm = (words: string, settings: Readonly<Record<string, string>>) =>
		run(process.execPath, ["scripts/placelock.mjs", ...words.split(" ")], {
			npm_lifecycle_event: "placelock",
			...settings,
		});

	const onPosix = process.platform === "win32" ? describe.skip : describe;
	onPosix("by npm itself", () => {
		it("runs a command with the `--` before it", () => {
			const { status, stdout } = npm("--", "quickstart", "--place", "123456", "--json");
			expect([status, JSON.parse(stdout).placeId]).toEqual([0, "123456"]);
			const silent = npm("workspace", "list");
			expect(silent).toMatchObject({ status: 0, stdout: expect.stringContaining("My game") });
		});

		it.each([
			[["quickstart", "--place", "123456"], "--place"],
			[["quickstart", "--place=123456", "--name=Mine"], "--place, --name"],
			[["workspace", "list", "--json"], "--json"],
			[["key", "revoke", "oDkHvNq98l4k", "--yes"], "--yes"],
			[["restore", "x.db", "--force"], "--force"],
			[["audit", "--to", "2026-01-01"], "--to"],
			[["key", "create", "W", "--expires-days", "3", "--name", "K"], "--name, --expires-days"],
		])("refuses %j, whose `--` was lost, and does nothing", (args, options) => {
			const { status, stdout, stderr } = npm(...args);
			expect(status).toBe(64);
			// npm that was told --json tells of the failure by itself.
			if (options !== "--json") expect(stdout).toBe("");
			expect(stderr).toContain(`npm kept ${options} for itself`);
			expect(stderr).toContain("node scripts/placelock.mjs");
			for (const value of ["123456", "Mine", "2026"]) expect(stderr).not.toContain(value);
			expect(existsSync(join(folder, "data"))).toBe(false);
		});
	});

	it("refuses in JSON when that was asked for", () => {
		const { status, stderr } = asFromNpm("quickstart 123456", {
			npm_config_json: "true",
			npm_config_place: "true",
		});
		expect(status).toBe(64);
		expect(JSON.parse(stderr)).toMatchObject({
			error: { code: "usage", message: expect.stringContaining("--place") },
		});
	});

	it.each([
		["config", { npm_config_yes: "true", npm_config_force: "true", npm_config_dry_run: "true" }],
		["config", { npm_config_json: "" }],
		["config --json", { npm_config_json: "true" }],
		["config", { npm_config_place: "true", npm_lifecycle_event: "other" }],
	])("runs `%s` under npm's own settings %j", (words, settings) => {
		expect(asFromNpm(words, settings as Record<string, string>)).toMatchObject({ status: 0 });
	});
});
