import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call } from "../support/call.js";
import { projectRoot } from "../support/projectRoot.js";
import { waitFor } from "../support/waitFor.js";

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "placelock-start-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function script(name: string, ...args: string[]) {
	const child = spawn(process.execPath, [join(projectRoot, "scripts", name), ...args], {
		cwd: folder,
		env: { PATH: process.env.PATH, PORT: "0" },
		stdio: ["ignore", "pipe", "pipe"],
	});
	const output = { stdout: "", stderr: "" };
	for (const stream of ["stdout", "stderr"] as const) {
		child[stream].setEncoding("utf8").on("data", (text: string) => {
			output[stream] += text;
		});
	}
	const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
	return { child, output, ended };
}

it("npm start's program serves with no configuration, and ends in order on SIGTERM", async () => {
	const { child, output, ended } = script("start.mjs");
	try {
		const origin = await waitFor("the greeting", () => /http:\/\/\S+/.exec(output.stdout)?.[0], 20_000);
		expect((await call(origin, "GET", "/readyz")).status).toBe(200);
		expect(output.stdout).toContain(join(folder, "data"));
		expect(output.stdout).toContain("npx placelock quickstart --place");
		child.kill("SIGTERM");
		expect(await ended).toBe(process.platform === "win32" ? null : 0);
	} finally {
		child.kill("SIGKILL");
	}
});

it("the command line's script passes the command, its output and its exit code on", async () => {
	const good = script("placelock.mjs", "quickstart", "--place", "123456", "--json");
	expect(await good.ended).toBe(0);
	expect(JSON.parse(good.output.stdout)).toMatchObject({ placeId: "123456" });
	const bad = script("placelock.mjs", "quickstart");
	expect(await bad.ended).toBe(64);
	expect(bad.output.stdout).toBe("");
});

const onPosix = process.platform === "win32" ? it.skip : it;
onPosix("npm start's server ends in order when npm is told to end", async () => {
	const child = spawn("npm", ["start"], {
		cwd: projectRoot,
		env: { ...process.env, PORT: "0", PLACELOCK_DATA_DIR: folder },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding("utf8").on("data", (text: string) => {
			output += text;
		});
	}
	// The pipes close when the server is gone, which may be after npm.
	const closed = new Promise((resolve) => child.once("close", resolve));
	const origin = await waitFor("the greeting", () => /http:\/\/\S+/.exec(output)?.[0], 20_000);
	child.kill("SIGTERM");
	await closed;
	expect(output).toContain('"msg":"shutting down"');
	await expect(call(origin, "GET", "/livez")).rejects.toThrow("ECONNREFUSED");
});
