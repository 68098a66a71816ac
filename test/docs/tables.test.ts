import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSettings } from "../../server/config.js";
import { placeProofs } from "../../shared/endpoints/records.js";
import { errors } from "../../shared/errors.js";
import { projectRoot } from "../support/projectRoot.js";
import { type GameServer, startGameServer } from "../support/roblox/gameServer.js";
import { readDocument, tableRows } from "./documents.js";
import { scriptFile } from "./shell.js";

const readme = readDocument("README.md");

/** The text of a cell that is all code; "" for an empty one. */
function code(cell: string | undefined): string {
	return /^`([^`]*)`$/.exec(cell ?? "")?.[1] ?? "";
}

/** Every variable the server asks its environment for. */
function variablesAsked(): Set<string> {
	const asked = new Set<string>();
	readSettings(new Proxy({}, { get: (_target, name) => void asked.add(String(name)) }));
	return asked;
}

describe("README.md's table of errors", () => {
	test("is the catalogue", () => {
		const [, table = ""] = /<!-- errors -->\n([\s\S]*?)<!-- \/errors -->/.exec(readme) ?? [];
		const rows = Object.entries(errors).map(
			([name, { status, title, fix }]) => `| \`${name}\` | ${status} | ${title} | ${fix} |`,
		);
		const wanted = ["| code | status | what happened | what to do |", "| --- | --- | --- | --- |", ...rows];
		expect(table.trimEnd().split("\n")).toEqual(wanted);
	});
});

describe("README.md's table of the configuration", () => {
	const rows = tableRows("README.md", "variable").map(([variable, unless, what]) => ({
		variable: code(variable),
		unless: code(unless),
		what: what ?? "",
	}));

	test("names every variable the server reads, and no other", () => {
		expect(new Set(rows.map(({ variable }) => variable))).toEqual(variablesAsked());
		const mentioned = new Set([...readme.matchAll(/\bPLACELOCK_\w+/g)].map(([name]) => name));
		for (const name of mentioned) expect(variablesAsked()).toContain(name);
	});

	test("names the defaults", () => {
		const { host, port, publicUrl, mongodbUri, dataDir, secret, placeProof, logLevel, retiredSecrets } =
			readSettings({});
		expect(Object.fromEntries(rows.map(({ variable, unless }) => [variable, unless]))).toEqual({
			HOST: host,
			PORT: String(port),
			PUBLIC_URL: publicUrl ?? "",
			MONGODB_URI: mongodbUri ?? "",
			PLACELOCK_DATA_DIR: dataDir,
			PLACELOCK_SECRET: secret ?? "",
			PLACELOCK_RETIRED_SECRETS: retiredSecrets.join(),
			PLACELOCK_TRUSTED_PROXIES: "",
			PLACELOCK_ROBLOX_NETWORKS: "",
			PLACELOCK_PLACE_PROOF: placeProof,
			LOG_LEVEL: logLevel,
		});
		const { trustedProxies, robloxNetworks } = readSettings({});
		expect([trustedProxies("127.0.0.1"), robloxNetworks("127.0.0.1")]).toEqual([false, false]);
	});

	test("names levels of the log that there are, and every one", () => {
		const { what } = rows.find(({ variable }) => variable === "LOG_LEVEL") ?? { what: "" };
		const levels = [...what.matchAll(/`(\w+)`/g)].map(([, level]) => level);
		expect(() => readSettings({ LOG_LEVEL: "loud" })).toThrow(`one of ${levels.join(", ")}`);
	});

	test("names the bytes a secret needs, and what MongoDB needs beside its address", () => {
		const { what } = rows.find(({ variable }) => variable === "PLACELOCK_SECRET") ?? { what: "" };
		const bytes = Number(/at least (\d+) bytes/.exec(what)?.[1]);
		expect(readSettings({ PLACELOCK_SECRET: "x".repeat(bytes) }).secret).toHaveLength(bytes);
		expect(() => readSettings({ PLACELOCK_SECRET: "x".repeat(bytes - 1) })).toThrow();
		expect(() => readSettings({ MONGODB_URI: "mongodb://127.0.0.1/placelock" })).toThrow("PLACELOCK_SECRET");
	});
});

describe("README.md's table of the module's options", () => {
	let game: GameServer;
	beforeAll(async () => {
		game = await startGameServer();
	});
	afterAll(() => game.close());
	const rows = tableRows("README.md", "option of `connect`").map(([name, unless]) => ({
		name: code(name),
		unless: unless ?? "",
	}));

	test("names every option, and no other", async () => {
		const message = await game.run(`
			local Placelock = require(game:GetService("ServerScriptService").Placelock)
			return select(2, pcall(Placelock.connect, { wrong = 1 }))`);
		const [, names] = /there are ([\w, ]+)/.exec(String(message)) ?? [];
		expect(rows.map(({ name }) => name)).toEqual(names?.split(", "));
	});

	test("names the defaults", async () => {
		const settings = (await game.run(`
			local sdk = game:GetService("ServerScriptService").Placelock
			return require(sdk.options).readOptions({ url = "https://a.example", key = "k" }, 1)`)) as object;
		const unless = new Map(rows.map((row) => [row.name, row.unless]));
		expect([unless.get("url"), unless.get("key")]).toEqual(["required", "required"]);
		expect(unless.get("logger")).toBe("the output");
		expect(settings).not.toHaveProperty("logger");
		for (const [name, value] of Object.entries(settings)) {
			if (name === "address" || name === "key") continue;
			expect([name, unless.get(name)?.replaceAll("`", "")]).toEqual([name, JSON.stringify(value)]);
		}
	});
});

describe("README.md's table of place proofs", () => {
	test("names every proof, from the weakest", () => {
		expect(tableRows("README.md", "proof").map(([proof]) => code(proof))).toEqual([...placeProofs]);
	});
});

describe("README.md's table of commands", () => {
	test("names every script of package.json, and each runs a file that is there", () => {
		const named = tableRows("README.md", "command").map(
			([command]) => /^npm (?:run )?([\w:]+)/.exec(code(command))?.[1] ?? "",
		);
		const { scripts } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
		expect([...named].sort()).toEqual(Object.keys(scripts).sort());
		for (const name of named) expect(scriptFile(name)).toMatch(/\.mjs$/);
	});
});
