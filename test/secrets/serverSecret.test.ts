import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { SecretUnreadable, serverSecrets } from "../../server/secrets/serverSecret.js";
import { projectRoot } from "../support/projectRoot.js";

const run = promisify(execFile);

describe("the server's secret", () => {
	let dataDir: string;
	const configured = "configured".repeat(4);
	beforeEach(() => {
		dataDir = join(mkdtempSync(join(tmpdir(), "placelock-secret-")), "data");
	});
	afterEach(() => rmSync(join(dataDir, ".."), { recursive: true, force: true }));

	it("is generated on the first start, readable by its owner only, and the same on every later start", () => {
		const first = serverSecrets({ dataDir, retiredSecrets: [] });
		expect(Buffer.byteLength(first.current)).toBeGreaterThanOrEqual(32);
		expect(first.retired).toEqual([]);
		expect(serverSecrets({ dataDir, retiredSecrets: [] })).toEqual(first);
		expect(readdirSync(dataDir)).toEqual(["secret"]);
		if (process.platform === "win32") return;
		expect(statSync(join(dataDir, "secret")).mode & 0o777).toBe(0o600);
		expect(statSync(dataDir).mode & 0o777).toBe(0o700);
	});

	it("is the same for two concurrent first starts", async () => {
		const args = ["-r", "./test/support/typescript.cjs", "./test/secrets/secretRacer.ts", dataDir, "20"];
		const startAt = String(Date.now() + 1_500);
		const racers = [0, 1].map(() => run(process.execPath, [...args, startAt, "25"], { cwd: projectRoot }));
		const [one, other] = await Promise.all(racers);
		expect(one?.stdout.split("\n")).toHaveLength(20);
		expect(one?.stdout).toBe(other?.stdout);
		expect(readdirSync(join(dataDir, "0"))).toEqual(["secret"]);
	});

	it("is different for every server", () => {
		const [one, other] = ["one", "other"].map((name) =>
			serverSecrets({ dataDir: join(dataDir, name), retiredSecrets: [] }),
		);
		expect(one?.current).not.toBe(other?.current);
	});

	it("is the configured one, and none is generated then", () => {
		const secrets = serverSecrets({ dataDir, secret: configured, retiredSecrets: ["older".repeat(8)] });
		expect(secrets).toEqual({ current: configured, retired: ["older".repeat(8)] });
		expect(() => statSync(dataDir)).toThrow();
	});

	it("that was generated before one was configured becomes a retired one", () => {
		const { current: made } = serverSecrets({ dataDir, retiredSecrets: [] });
		expect(serverSecrets({ dataDir, secret: configured, retiredSecrets: [] })).toEqual({
			current: configured,
			retired: [made],
		});
		expect(serverSecrets({ dataDir, secret: made, retiredSecrets: [] }).retired).toEqual([]);
	});

	it("is never generated again over a damaged one: that would end every key", () => {
		serverSecrets({ dataDir, retiredSecrets: [] });
		writeFileSync(join(dataDir, "secret"), "cut off");
		expect(() => serverSecrets({ dataDir, retiredSecrets: [] })).toThrow(SecretUnreadable);
		expect(readFileSync(join(dataDir, "secret"), "utf8")).toBe("cut off");
	});
});
