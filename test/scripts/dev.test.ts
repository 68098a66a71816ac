import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call } from "../support/call.js";
import { freePort } from "../support/mongodb/server.js";
import { projectRoot } from "../support/projectRoot.js";
import { head } from "../support/rawHttp.js";
import { waitFor } from "../support/waitFor.js";

let copy: string;
let port: number;
let group: number | undefined;
/** A checkout's sources, with the packages of this one. */
beforeEach(async () => {
	copy = mkdtempSync(join(tmpdir(), "placelock-dev-"));
	port = await freePort();
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
});
afterEach(() => {
	// Where a test failed, what it started still runs.
	if (group !== undefined && process.platform !== "win32") {
		try {
			process.kill(-group, "SIGTERM");
		} catch {}
	}
	rmSync(copy, { recursive: true, force: true });
});

async function dev(program: string, args: readonly string[]) {
	const child = spawn(program, args, {
		cwd: copy,
		env: {
			PATH: process.env.PATH,
			PORT: String(port),
			DEV_PORT: "0",
			PLACELOCK_DATA_DIR: join(copy, "data"),
		},
		stdio: ["ignore", "pipe", "pipe"],
		// Started from a terminal, it has a process group of its own.
		detached: process.platform !== "win32",
	});
	group = child.pid;
	let output = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding("utf8").on("data", (text: string) => {
			output += text;
		});
	}
	// The pipes close when the last process that writes to them is gone.
	const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
	const greetings = () => output.match(/listening on/g)?.length ?? 0;
	const page = await waitFor("the page's address", () => /live reload: (\S+)/.exec(output)?.[1], 45_000);
	await waitFor("the first greeting", () => greetings() === 1, 45_000);
	return { child, page, greetings, closed, output: () => output };
}

const node = (): [string, string[]] => [process.execPath, [join(copy, "scripts", "dev.mjs")]];
const isGone = () =>
	expect(call(`http://127.0.0.1:${port}`, "GET", "/livez")).rejects.toThrow("ECONNREFUSED");

it("npm run dev serves the dashboard's sources, and starts the server again when its sources change", async () => {
	const { child, page, greetings, closed } = await dev(...node());
	try {
		expect((await call(page, "GET", "/")).text).toContain("/@vite/client");
		// Through Vite to the server: what a browser sends with it is the page's own origin.
		const signIn = { headers: { origin: page }, body: { name: "nobody", password: "not the password" } };
		expect((await call(page, "POST", "/v1/session", signIn)).body.code).toBe("sign_in_failed");
		for (const path of ["/docs", "/openapi.json", "/download/Placelock.rbxm", "/metrics"]) {
			expect((await call(page, "GET", path)).text).not.toContain("/@vite/client");
		}

		const main = join(copy, "server", "main.ts");
		writeFileSync(main, `${readFileSync(main, "utf8")}\n// Changed.\n`);
		await waitFor("the second greeting", () => greetings() === 2, 45_000);
		expect((await call(page, "GET", "/v1/session")).status).toBe(401);
	} finally {
		child.kill("SIGTERM");
		await closed;
	}
	await isGone();
}, 120_000);

const onPosix = process.platform === "win32" ? it.skip : it;

onPosix(
	"Ctrl-C, which a terminal sends to every process, ends the server in order",
	async () => {
		const { child, closed, output } = await dev(...node());
		// Its body is not there yet: closing in order takes until it is.
		const socket = connect(port, "127.0.0.1");
		socket.write(`${head("POST /v1/verify", { "Content-Length": 2 })}{`);
		let response = "";
		socket.setEncoding("utf8").on("data", (text) => {
			response += text;
		});
		await call(`http://127.0.0.1:${port}`, "GET", "/livez");
		process.kill(-(child.pid ?? 0), "SIGINT");
		await waitFor("the server to close", () => output().includes('"msg":"shutting down"'));
		await waitFor("nobody to be let in any more", () =>
			isGone().then(
				() => true,
				() => false,
			),
		);
		socket.write("}");
		expect(await closed).toBe(0);
		expect(response).toMatch(/^HTTP\/1\.1 401 /);
		await isGone();
	},
	120_000,
);

onPosix(
	"npm run dev leaves nothing behind when npm is told to end",
	async () => {
		const { child, closed, output } = await dev("npm", ["run", "dev"]);
		child.kill("SIGTERM");
		await waitFor("the server's end", () => output().includes('"msg":"shutting down"'));
		await closed;
		await isGone();
	},
	120_000,
);
