/**
 * `npm run dev`: the server, built and started again when its sources change,
 * and the dashboard with Vite's live reload in front of it. Data and settings
 * are those of `npm start`. Ctrl-C ends both.
 */
import { spawn } from "node:child_process";
import { join, relative } from "node:path";
import { createServer } from "vite";
import { buildServer } from "./build-server.mjs";
import { endWithNpm } from "./end-with-npm.mjs";
import { root } from "./run.mjs";

/** Editors and version control write several files at a time. */
const settleMs = 100;

const host = "127.0.0.1";
const serverPort = Number(process.env.PORT ?? 8080);
const pagePort = Number(process.env.DEV_PORT ?? 5173);

/** What the server answers itself; all other paths are the dashboard's. */
const served = ["/v1", "/docs", "/download", "/openapi.json", "/metrics"];
/**
 * A terminal sends Ctrl-C to its whole process group, and a second signal ends
 * the server while it closes. In a group of its own it gets the one sent here.
 */
const ownGroup = process.platform !== "win32";

const target = `http://${host}:${serverPort}`;
const vite = await createServer({
	configFile: join(root, "server", "dashboard", "vite.config.mts"),
	root: join(root, "server", "dashboard"),
	clearScreen: false,
	server: {
		host,
		port: pagePort,
		strictPort: true,
		proxy: Object.fromEntries(served.map((path) => [path, target])),
	},
});
await vite.listen();
const page = `http://${host}:${vite.httpServer.address().port}`;

let server;
let ending = false;

function start() {
	server = spawn(process.execPath, [join(root, "dist", "server", "main.js")], {
		cwd: process.cwd(),
		// Links that the server prints lead to the page with live reload.
		env: { PUBLIC_URL: page, ...process.env, PORT: String(serverPort) },
		stdio: "inherit",
		detached: ownGroup,
	});
}

function stop({ isAsked = false } = {}) {
	if (server === undefined || server.exitCode !== null || server.signalCode !== null)
		return Promise.resolve();
	const ended = new Promise((resolve) => server.once("exit", resolve));
	if (!isAsked) server.kill("SIGTERM");
	return ended;
}

async function end(signal) {
	if (ending) {
		server?.kill("SIGTERM");
		return;
	}
	ending = true;
	await stop({ isAsked: signal === "SIGINT" && !ownGroup });
	await vite.close();
	process.exit(server?.exitCode ?? 0);
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
// Whatever ends this process, the server is not left behind.
process.on("exit", () => server?.kill("SIGTERM"));
endWithNpm();

let rebuilding = Promise.resolve();
let settling;
function rebuildSoon(file) {
	const path = relative(root, file);
	if (path.startsWith(join("server", "dashboard")) || !path.endsWith(".ts")) return;
	clearTimeout(settling);
	settling = setTimeout(() => {
		rebuilding = rebuilding.then(async () => {
			// With an error in it, the server that runs goes on.
			if (ending || !buildServer()) return;
			await stop();
			if (!ending) start();
		});
	}, settleMs);
}
vite.watcher.add([join(root, "server"), join(root, "shared")]);
for (const event of ["add", "change", "unlink"]) vite.watcher.on(event, rebuildSoon);

if (buildServer()) start();
process.stdout.write(`The dashboard with live reload: ${page}\n`);
