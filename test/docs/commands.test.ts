import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call } from "../support/call.js";
import { projectRoot } from "../support/projectRoot.js";
import { startGameServer } from "../support/roblox/gameServer.js";
import { waitFor } from "../support/waitFor.js";
import { type Block, blocksOf, readDocument } from "./documents.js";
import { commandsOf, hasCurl, type Started, start, wordsOf } from "./shell.js";
import { expectShown } from "./shown.js";

/** Commands that are run elsewhere, and the file that runs them. */
const elsewhere: Readonly<Record<string, string>> = {
	"npm ci": ".ci/run",
	"npm test": ".ci/run",
	"npm run demo": "test/demo/demo.test.ts",
	"npx placelock restore backup.db --force": "test/cli/backup.test.ts",
};

/** The address of the server in the documentation. */
const documented = "http://127.0.0.1:8080";

/** operators.test.ts and developing.test.ts run the others. */
const others = ["docs/operators.md", "docs/developing.md"];
const shellBlocks = blocksOf("sh").filter(([, { file }]) => !others.includes(file));

/**
 * The documented commands, in order and in one folder, next to the server that
 * the first of them starts.
 */
describe("documented commands", () => {
	let folder: string;
	let server: Started;
	let origin: string;
	/** Variables that the reader has set so far. */
	const variables: Record<string, string> = {};

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), "placelock-docs-"));
		server = start(["npm", "start"], folder, { PORT: "0" });
		origin = await waitFor("the greeting", () => /http:\/\/\S+/.exec(server.output())?.[0], 20_000);
		variables.PORT = new URL(origin).port;
	});
	afterAll(async () => {
		await server.kill();
		rmSync(folder, { recursive: true, force: true });
	});

	/** What a reader does with the output of a command, and what is true after it. */
	const then: Readonly<Record<string, (stdout: string) => unknown>> = {
		"npx placelock quickstart --place 123456": async (stdout) => {
			const game = await startGameServer({ placeId: 123456 });
			await game.runToEnd(stdout.slice(stdout.indexOf("local "), stdout.indexOf("\nend\n") + 4));
			expect(game.output).toEqual([{ level: "print", text: "workspace My game place 123456" }]);
			await game.close();
		},
		"npm run build:roblox": () => {
			expect(existsSync(join(projectRoot, "dist", "roblox", "Placelock.rbxm"))).toBe(true);
		},
		"npx placelock admin-key create": (stdout) => {
			variables.ADMIN_TOKEN = /^ {2}(plk_adm_\w+)$/m.exec(stdout)?.[1] ?? "";
		},
	};

	async function run(command: string): Promise<string> {
		const words = wordsOf(command, variables).map((word) => word.replace(documented, origin));
		if (words[0] === "curl" && !hasCurl()) {
			const { text } = await call(origin, "GET", new URL(words.at(-1) ?? "").pathname, {
				token: variables.ADMIN_TOKEN,
			});
			return text;
		}
		const { code, stdout, stderr } = await start(words, folder, variables).ended;
		expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: expect.any(String) });
		return stdout;
	}

	async function outputOf(command: string): Promise<string | undefined> {
		if (command === "npm start") {
			const greeted = () => server.output().includes("quickstart") && server.output();
			return waitFor("all of the greeting", greeted);
		}
		const file = elsewhere[command];
		if (file === undefined) return run(command);
		const runs = readFileSync(join(projectRoot, file), "utf8").includes(command);
		expect({ command, file, runs }).toEqual({ command, file, runs: true });
		return undefined;
	}

	test.each(shellBlocks)("%s: work, and print what is shown", async (_place, block: Block) => {
		for (const command of commandsOf(block)) {
			const output = await outputOf(command);
			if (output === undefined) continue;
			if (block.shows !== undefined) expectShown(block.shows.text, output);
			await then[command]?.(output);
		}
	});

	test("include every command whose outcome is checked", () => {
		const all = shellBlocks.flatMap(([, block]) => commandsOf(block));
		expect(all).toEqual(expect.arrayContaining([...Object.keys(then), ...Object.keys(elsewhere)]));
	});

	test("still work in a shell with every variable that the reader was told to set", async () => {
		const told = [...readDocument("README.md").matchAll(/\bvariable `(\w+)`/g)].map(([, name]) => name ?? "");
		expect(told).toEqual(["ADMIN_TOKEN"]);
		const held = Object.fromEntries(told.map((name) => [name, "x"]));
		const words = wordsOf("npx placelock admin-key create --json", {});
		expect(await start(words, folder, held).ended).toMatchObject({ code: 0 });
	});

	test("start a server that serves every page README.md names", async () => {
		const pages = [...readDocument("README.md").matchAll(/`(\/[\w./-]+)`/g)].map(([, path]) => path ?? "");
		expect(pages).toEqual(expect.arrayContaining(["/docs", "/openapi.json", "/readyz", "/docs/errors"]));
		for (const path of pages) {
			const { status } = await call(origin, "GET", path);
			expect([path, status]).toEqual([path, 200]);
		}
	});
});
