import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { effectiveSettings } from "../../server/cli/server/config.js";
import { maskedSetting } from "../../server/cli/server/maskSecrets.js";
import { type Workbench, workbench } from "./placelock.js";

describe("placelock config", () => {
	let bench: Workbench;
	beforeEach(() => {
		bench = workbench();
	});
	afterEach(() => bench.remove());

	it("prints every setting in effect and its source, without secrets", async () => {
		writeFileSync(join(bench.folder, ".env"), "PORT=9000\nHOST=::1\nLOG_LEVEL=warn\n");
		const secrets = { PLACELOCK_SECRET: "s3cret-".repeat(8), PLACELOCK_RETIRED_SECRETS: "0lder-".repeat(8) };
		const environment = {
			...secrets,
			HOST: "0.0.0.0",
			LOG_LEVEL: "",
			MONGODB_URI: "mongodb://u:hunter2@h/db",
		};
		const stdout = await bench.done(["config"], environment);
		expect(stdout).not.toMatch(/s3cret|0lder|hunter2/);
		const rows = stdout
			.trimEnd()
			.split("\n")
			.map((line) => line.split("\t"));
		expect(rows).toEqual(
			expect.arrayContaining([
				["HOST", "0.0.0.0", "environment", "overrides .env"],
				["PORT", "9000", ".env", ""],
				["MONGODB_URI", "mongodb://u:***@h/db", "environment", ""],
				["PLACELOCK_SECRET", "***", "environment", "56 bytes"],
				["PLACELOCK_RETIRED_SECRETS", "***", "environment", "1 secret"],
				["PLACELOCK_PLACE_PROOF", "header", "default", ""],
				["LOG_LEVEL", "info", "default", "empty in the environment, which overrides .env"],
			]),
		);
	});

	it("prints the valid settings, then the problems", async () => {
		const { code, stdout, stderr } = await bench.placelock(["config"], {
			PORT: "http",
			PUBLIC_URL: "https://user:hunter2@keys.example.com",
		});
		expect(code).toBe(78);
		expect(stdout).toContain("PORT\thttp\tenvironment");
		expect(stderr).toMatch(/PORT[\s\S]+PUBLIC_URL/);
		expect(stdout + stderr).not.toContain("hunter2");
	});
});

it("shows where a secret that is not configured is stored", () => {
	const [secret] = effectiveSettings({ PLACELOCK_DATA_DIR: "/nowhere" }, {}).filter(
		({ variable }) => variable === "PLACELOCK_SECRET",
	);
	expect(secret).toEqual({
		variable: "PLACELOCK_SECRET",
		source: "default",
		note: expect.stringMatching(/^created on the first start, in .*secret$/),
	});
});

describe("masking", () => {
	it.each([
		["mongodb://h:1,h2:2/db?replicaSet=rs0", "mongodb://h:1,h2:2/db?replicaSet=rs0"],
		["mongodb+srv://u@h/db", "mongodb+srv://u@h/db"],
		["mongodb://u:p@h,h2/db?w=1", "mongodb://u:***@h,h2/db?w=1"],
		["mongodb://u:p/@?w@h/db", "mongodb://u:***@h/db"],
		["u:p@h", "***@h"],
		["mongodb://h/?authMechanismProperties=AWS_SESSION_TOKEN:x", "mongodb://h/?authMechanismProperties=***"],
		[
			"mongodb://h/?tls=true&tlsCertificateKeyFilePassword=x",
			"mongodb://h/?tls=true&tlsCertificateKeyFilePassword=***",
		],
	])("leaves of %s what may be shown", (uri, shown) => {
		expect(maskedSetting("MONGODB_URI", uri)).toBe(shown);
	});

	it("never shows a password, for any value", () => {
		const password = fc.string({ unit: "grapheme", minLength: 1 }).map((text) => `<${text}>`);
		const scheme = fc.constantFrom("mongodb://", "mongodb+srv://", "https://", "");
		fc.assert(
			fc.property(scheme, fc.webAuthority(), password, (start, authority, secret) => {
				const uri = `${start}user:${secret}@${authority.split("@").pop()}/db`;
				expect(maskedSetting("MONGODB_URI", uri)).not.toContain(secret);
			}),
		);
	});
});
