import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnvironment, readSettings, SettingsInvalid } from "../../server/boot/config.js";
import { projectRoot } from "../support/projectRoot.js";

const secret = "x".repeat(32);

function problemsOf(environment: Record<string, string>): Record<string, string> {
	try {
		readSettings(environment);
	} catch (error) {
		if (!(error instanceof SettingsInvalid)) throw error;
		return Object.fromEntries(error.problems.map(({ variable, message }) => [variable, message]));
	}
	return {};
}

function messageOf(environment: Record<string, string>): string {
	try {
		readSettings(environment);
	} catch (error) {
		return String(error);
	}
	return "";
}

describe("the configuration", () => {
	it("is complete without any variable: embedded, on loopback", () => {
		expect(readSettings({})).toMatchObject({
			host: "127.0.0.1",
			port: 8080,
			dataDir: "./data",
			placeProof: "header",
			logLevel: "info",
			retiredSecrets: [],
			mongodbUri: undefined,
			publicUrl: undefined,
			secret: undefined,
		});
		expect(readSettings({}).trustedProxies("127.0.0.1")).toBe(false);
	});

	it("is read from every variable; an empty one counts as absent", () => {
		const settings = readSettings({
			HOST: "0.0.0.0",
			PORT: " 0 ",
			PUBLIC_URL: "https://keys.example.com/base//",
			MONGODB_URI: "mongodb+srv://cluster.example.com/",
			PLACELOCK_DATA_DIR: "",
			PLACELOCK_SECRET: secret,
			PLACELOCK_RETIRED_SECRETS: `${secret}1, ${secret}2,`,
			PLACELOCK_TRUSTED_PROXIES: "127.0.0.1, 10.0.0.0/8",
			PLACELOCK_ROBLOX_NETWORKS: "128.116.0.0/17",
			PLACELOCK_PLACE_PROOF: "network",
			LOG_LEVEL: "debug",
			PATH: "/usr/bin",
		});
		expect(settings).toMatchObject({
			host: "0.0.0.0",
			port: 0,
			publicUrl: "https://keys.example.com/base",
			mongodbUri: "mongodb+srv://cluster.example.com/",
			dataDir: "./data",
			secret,
			retiredSecrets: [`${secret}1`, `${secret}2`],
			placeProof: "network",
			logLevel: "debug",
		});
		expect(settings.trustedProxies("10.1.2.3")).toBe(true);
		expect(settings.robloxNetworks("128.116.1.1")).toBe(true);
		expect(settings.robloxNetworks("10.1.2.3")).toBe(false);
	});

	it.each<[string, Record<string, string>]>([
		["PORT", { PORT: "http" }],
		["PORT", { PORT: "65536" }],
		["PORT", { PORT: "-1" }],
		["PUBLIC_URL", { PUBLIC_URL: "keys.example.com" }],
		["PUBLIC_URL", { PUBLIC_URL: "ftp://keys.example.com" }],
		["PUBLIC_URL", { PUBLIC_URL: "https://user@keys.example.com" }],
		["PUBLIC_URL", { PUBLIC_URL: "https://keys.example.com?x" }],
		["MONGODB_URI", { MONGODB_URI: "http://127.0.0.1", PLACELOCK_SECRET: secret }],
		["PLACELOCK_SECRET", { MONGODB_URI: "mongodb://127.0.0.1" }],
		["PLACELOCK_SECRET", { PLACELOCK_SECRET: "short" }],
		["PLACELOCK_SECRET", { PLACELOCK_SECRET: `${secret},${secret}` }],
		["PLACELOCK_RETIRED_SECRETS", { PLACELOCK_RETIRED_SECRETS: `${secret},short` }],
		["PLACELOCK_TRUSTED_PROXIES", { PLACELOCK_TRUSTED_PROXIES: "10.0.0.0/8,proxy.local" }],
		["PLACELOCK_ROBLOX_NETWORKS", { PLACELOCK_ROBLOX_NETWORKS: "128.116.0.0/33" }],
		["PLACELOCK_PLACE_PROOF", { PLACELOCK_PLACE_PROOF: "headers" }],
		["LOG_LEVEL", { LOG_LEVEL: "verbose" }],
		["PLACELOCK_SECRETS", { PLACELOCK_SECRETS: secret }],
	])("rejects only %s in %j", (variable, environment) => {
		expect(Object.keys(problemsOf(environment))).toEqual([variable]);
	});

	it("reports all problems together, each with a valid example, and no secret", () => {
		const wrong = {
			PORT: "http",
			PLACELOCK_SECRET: "too-short-and-secret",
			PLACELOCK_RETIRED_SECRETS: "also-secret",
			PLACELOCK_PLACE_PROOF: "maybe",
			PLACELOCK_PROOF: "header",
			LOG_LEVEL: "loud",
		};
		expect(Object.keys(problemsOf(wrong)).sort()).toEqual(Object.keys(wrong).sort());
		const message = messageOf(wrong);
		expect(message).not.toMatch(/too-short-and-secret|also-secret/);
		const examples = [...message.matchAll(/example: (\w+)=(.*)/g)];
		expect(examples).toHaveLength(6);
		for (const [, name = "", value = ""] of examples) {
			// The example secret is a command that creates one.
			if (name !== "PLACELOCK_SECRET") expect(problemsOf({ [name]: value })).toEqual({});
		}
	});

	it("shows as example secret a command that creates one, not a value that .env would accept", () => {
		const message = messageOf({ PLACELOCK_SECRET: "short" });
		const [, script = ""] = /node -p "(.*)"$/m.exec(message) ?? [];
		const made = execFileSync(process.execPath, ["-p", script], { encoding: "utf8" }).trim();
		expect(problemsOf({ PLACELOCK_SECRET: made })).toEqual({});
		expect(message).not.toContain("$(");
		// The same command as in the operators' guide.
		expect(readFileSync(join(projectRoot, "docs", "operators.md"), "utf8")).toContain(`node -p "${script}"`);
	});

	it("is also read from a .env file, which the environment overrides", () => {
		const folder = mkdtempSync(join(tmpdir(), "placelock-env-"));
		const file = join(folder, ".env");
		expect(readEnvironment({ PORT: "1" }, file)).toEqual({ PORT: "1" });
		writeFileSync(file, '# comment\nPORT=2\nHOST="::1"\n');
		expect(readEnvironment({ PORT: "1" }, file)).toEqual({ PORT: "1", HOST: "::1" });
		rmSync(folder, { recursive: true });
	});

	it("reports a .env that cannot be read instead of ignoring it", () => {
		const folder = mkdtempSync(join(tmpdir(), "placelock-env-"));
		try {
			expect(() => readEnvironment({}, folder)).toThrow(SettingsInvalid);
			expect(() => readEnvironment({}, folder)).toThrow(/cannot be read \(EISDIR\)/);
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});
