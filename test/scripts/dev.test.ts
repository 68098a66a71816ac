import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call } from "../support/call.js";
import { projectRoot } from "../support/projectRoot.js";
import { waitFor } from "../support/waitFor.js";

/** A checkout's sources, with the packages of this one. */
function copyOfSources(): string {
	const copy = mkdtempSync(join(tmpdir(), "placelock-dev-"));
	for (const name of [
		"package.json",
		"scripts",
		"server",
		"shared",
		"tsconfig.json",
		"tsconfig.server.json",
		"tsconfig.dashboard.json",
	]) {
		cpSync(join(projectRoot, name), join(copy, name), { recursive: true });
	}
	symlinkSync(join(projectRoot, "node_modules"), join(copy, "node_modules"), "junction");
	return copy;
}

it("npm run dev serves the dashboard's sources, and starts the server again when its sources change", async () => {
	const copy = copyOfSources();
	const child = spawn(process.execPath, [join(copy, "scripts", "dev.mjs")], {
		cwd: copy,
		env: { PATH: process.env.PATH, PORT: "18461", DEV_PORT: "0", PLACELOCK_DATA_DIR: join(copy, "data") },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding("utf8").on("data", (text: string) => {
			output += text;
		});
	}
	const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
	try {
		const greetings = () => output.match(/listening on/g)?.length ?? 0;
		await waitFor("the first greeting", () => greetings() === 1, 45_000);
		const page = await waitFor("the page's address", () => /live reload: (\S+)/.exec(output)?.[1]);
		expect((await call(page, "GET", "/")).text).toContain("/@vite/client");
		// Through Vite to the server: what a browser sends with it is the page's own origin.
		const signIn = { headers: { origin: page }, body: { name: "nobody", password: "not the password" } };
		expect((await call(page, "POST", "/v1/session", signIn)).body.code).toBe("sign_in_failed");

		const main = join(copy, "server", "main.ts");
		writeFileSync(main, `${readFileSync(main, "utf8")}\n// Changed.\n`);
		await waitFor("the second greeting", () => greetings() === 2, 45_000);
		expect((await call(page, "GET", "/v1/session")).status).toBe(401);
		child.kill("SIGTERM");
		await ended;
		await expect(call("http://127.0.0.1:18461", "GET", "/livez")).rejects.toThrow("ECONNREFUSED");
	} finally {
		child.kill("SIGKILL");
		await ended;
		rmSync(copy, { recursive: true, force: true });
	}
}, 120_000);
