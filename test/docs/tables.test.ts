import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { readSettings } from "../../server/boot/config.js";
import { exitCodes } from "../../server/boot/exitCodes.js";
import { createProgram } from "../../server/cli/program.js";
import { Metrics } from "../../server/http/metrics.js";
import { endpoints } from "../../shared/endpoints/index.js";
import { placeProofs, roles } from "../../shared/endpoints/records.js";
import { errors } from "../../shared/errors.js";
import { limits } from "../../shared/limits.js";
import { projectRoot } from "../support/projectRoot.js";
import { type GameServer, startGameServer } from "../support/roblox/gameServer.js";
import { blocks, documents, readDocument, tableRows } from "./documents.js";
import { readPackage } from "./shell.js";

/** The text of a cell that is only code, "" if it is empty. */
function code(cell: string | undefined): string {
	return /^`([^`]*)`$/.exec(cell ?? "")?.[1] ?? "";
}

/** Every variable the server reads from its environment. */
function variablesRead(): Set<string> {
	const asked = new Set<string>();
	readSettings(new Proxy({}, { get: (_target, name) => void asked.add(String(name)) }));
	return asked;
}

describe("docs/errors.md's table", () => {
	test("matches the catalogue", () => {
		const [, table = ""] =
			/<!-- errors -->\n([\s\S]*?)<!-- \/errors -->/.exec(readDocument("docs/errors.md")) ?? [];
		const rows = Object.entries(errors).map(
			([name, { status, title, fix }]) => `| \`${name}\` | ${status} | ${title} | ${fix} |`,
		);
		const wanted = ["| code | status | what happened | what to do |", "| --- | --- | --- | --- |", ...rows];
		expect(table.trimEnd().split("\n")).toEqual(wanted);
	});
});

describe("docs/operators.md's table of settings", () => {
	const rows = tableRows("docs/operators.md", "variable").map(([variable, unless, what]) => ({
		variable: code(variable),
		unless: code(unless),
		what: what ?? "",
	}));

	test("has every variable the server reads, and no other", () => {
		expect(new Set(rows.map(({ variable }) => variable))).toEqual(variablesRead());
		const mentioned = new Set(
			documents.flatMap((file) =>
				[...readDocument(file).matchAll(/\bPLACELOCK_(?!TEST_)\w+/g)].map(([name]) => name),
			),
		);
		for (const name of mentioned) expect(variablesRead()).toContain(name);
	});

	test("has the defaults", () => {
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

	test("has every log level, and no other", () => {
		const { what } = rows.find(({ variable }) => variable === "LOG_LEVEL") ?? { what: "" };
		const levels = [...what.matchAll(/`(\w+)`/g)].map(([, level]) => level);
		expect(() => readSettings({ LOG_LEVEL: "loud" })).toThrow(`one of ${levels.join(", ")}`);
	});

	test("has the length a secret needs, and MongoDB requires a secret", () => {
		const { what } = rows.find(({ variable }) => variable === "PLACELOCK_SECRET") ?? { what: "" };
		const bytes = Number(/at least (\d+) bytes/.exec(what)?.[1]);
		expect(readSettings({ PLACELOCK_SECRET: "x".repeat(bytes) }).secret).toHaveLength(bytes);
		expect(() => readSettings({ PLACELOCK_SECRET: "x".repeat(bytes - 1) })).toThrow();
		expect(() => readSettings({ MONGODB_URI: "mongodb://127.0.0.1/placelock" })).toThrow("PLACELOCK_SECRET");
	});
});

describe("docs/sdk.md's table of options", () => {
	let game: GameServer;
	beforeAll(async () => {
		game = await startGameServer();
	});
	afterAll(() => game.close());
	const rows = tableRows("docs/sdk.md", "option").map(([name, unless]) => ({
		name: code(name),
		unless: unless ?? "",
	}));

	test("has every option, and no other", async () => {
		const message = await game.run(`
			local Placelock = require(game:GetService("ServerScriptService").Placelock)
			return select(2, pcall(Placelock.connect, { wrong = 1 }))`);
		const [, names] = /The options are ([\w, ]+)/.exec(String(message)) ?? [];
		expect(rows.map(({ name }) => name)).toEqual(names?.split(", "));
	});

	test("has the defaults", async () => {
		const settings = (await game.run(`
			local sdk = game:GetService("ServerScriptService").Placelock
			return require(sdk.options.options).readOptions({ url = "https://a.example", key = "k" }, 1)`)) as object;
		const unless = new Map(rows.map((row) => [row.name, row.unless]));
		expect([unless.get("url"), unless.get("key")]).toEqual(["required", "required"]);
		expect(unless.get("logger")).toBe("Roblox's output");
		expect(settings).not.toHaveProperty("logger");
		for (const [name, value] of Object.entries(settings)) {
			if (name === "address" || name === "key") continue;
			expect([name, unless.get(name)?.replaceAll("`", "")]).toEqual([name, JSON.stringify(value)]);
		}
	});
});

describe("README.md's table of place proofs", () => {
	test("has every proof, from the weakest", () => {
		expect(tableRows("README.md", "proof").map(([proof]) => code(proof))).toEqual([...placeProofs]);
	});
});

describe("docs/developing.md's table of npm scripts", () => {
	const { scripts } = readPackage();

	test("has every script of package.json that npm does not run by itself before another", () => {
		const named = tableRows("docs/developing.md", "npm script").map(
			([command]) => /^npm (?:run )?([\w:]+)$/.exec(code(command))?.[1] ?? "",
		);
		const all = Object.keys(scripts).filter((name) => !name.startsWith("pretest"));
		expect([...named].sort()).toEqual(all.sort());
	});

	test.each(Object.entries(scripts))("%s runs programs that exist: %s", (_name, script) => {
		for (const command of script.split(" && ")) {
			const [program = "", first = "", second = ""] = command.split(" ");
			if (program === "npm") expect(Object.keys(scripts)).toContain(second);
			else if (program === "node") expect(existsSync(join(projectRoot, first))).toBe(true);
			else expect(existsSync(join(projectRoot, "node_modules", ".bin", program))).toBe(true);
		}
	});
});

describe("docs/command-line.md's tables", () => {
	const rows = (first: string) => tableRows("docs/command-line.md", first);

	function leavesOf(command: Command, path = ""): string[][] {
		if (command.commands.length === 0) return [[`\`${path}\``, command.description()]];
		return command.commands.flatMap((one) => leavesOf(one, `${path} ${one.name()}`.trim()));
	}

	test("have every command, described as in its help", () => {
		expect(rows("placelock")).toEqual(leavesOf(createProgram()));
	});

	test("have every exit code", () => {
		expect(rows("exit code").map(([exitCode]) => Number(code(exitCode)))).toEqual([
			0,
			...Object.values(exitCodes),
		]);
	});
});

describe("docs/operators.md's tables", () => {
	const rows = (first: string) => tableRows("docs/operators.md", first);

	test("have every role, from the least powerful", () => {
		expect(rows("role").map(([role]) => code(role) || role)).toEqual([...[...roles].reverse(), "operator"]);
	});

	test("have every metric, and the alerts use no other", async () => {
		const text = await new Metrics(() => 0).registry.metrics();
		const known = [...text.matchAll(/^# TYPE (placelock_\w+)/gm)].map(([, name]) => name);
		expect(rows("metric").map(([name]) => code(name))).toEqual(expect.arrayContaining(known));
		expect(rows("metric")).toHaveLength(known.length);
		const alerts = blocks.find(({ saved }) => saved === "placelock.rules.yml")?.text ?? "";
		const asked = [...alerts.matchAll(/\bplacelock_\w+/g)].map(([name]) => name.replace(/_bucket$/, ""));
		expect(asked.length).toBeGreaterThan(0);
		for (const name of asked) expect(known).toContain(name);
		const codes = [...alerts.matchAll(/code=~"([\w|]+)"/g)].flatMap(([, list = ""]) => list.split("|"));
		for (const one of codes) expect(errors).toHaveProperty(one);
		const called = [...alerts.matchAll(/endpoint="([\w.]+)"/g)].map(([, name]) => name);
		for (const name of called) expect(Object.values(endpoints).map((one) => one.name)).toContain(name);
	});

	test("have every log message, with its level", () => {
		const lines = readdirSync(join(projectRoot, "server"), { recursive: true, encoding: "utf8" })
			.filter((file) => file.endsWith(".ts"))
			.map((file) => readFileSync(join(projectRoot, "server", file), "utf8"))
			.flatMap((source) => [
				...source.matchAll(/\blogger\.(debug|info|warn|error)\((?:[^;]*?)"([^"]+)",?\s*\);/g),
			])
			.map(([, level, message]) => `${level}: ${message}`);
		const told = rows("line").map(([line, level]) => `${level}: ${code(line)}`);
		expect([...told].sort()).toEqual([...new Set(lines)].sort());
	});

	test("have every limit, with its value", () => {
		const units: Record<string, number> = { "": 1, s: 1, min: 60, day: 86_400, KiB: 1024 };
		const told = rows("what").map(([, much = "", name]) => {
			const [number = "", unit = ""] = much.split(" ");
			// Limits called after days are days.
			const one = /Days/.test(name ?? "") ? 1 : units[unit.replace(/s$/, "") || unit];
			return [code(name), Number(number) * (one ?? Number.NaN)];
		});
		expect(Object.fromEntries(told)).toEqual(limits);
	});
});
