import { createHash, randomBytes } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ListeningProcess, startProcess } from "../support/process.js";
import { until } from "../support/until.js";
import { type Workbench, workbench } from "./placelock.js";

let bench: Workbench;
let workspaceId: string;
beforeEach(async () => {
	bench = workbench();
	const made = await bench.placelock(["quickstart", "--place", "1818", "--json"]);
	workspaceId = JSON.parse(made.stdout).workspaceId;
});
afterEach(() => bench.remove());

const newToken = () => `auxvyn_${randomBytes(30).toString("hex")}`;
const row = (name: string, token: string, more = "") =>
	`${name},${createHash("sha256").update(token).digest("hex")},auxvyn_,game${more}`;
const header = "name,digest,prefix,kind";

const write = (...lines: string[]) => writeFileSync(join(bench.folder, "keys.csv"), `${lines.join("\n")}\n`);
const runImport = (...more: string[]) =>
	bench.placelock(["key", "import", "keys.csv", "--workspace", "my game", ...more]);

describe("placelock key import", () => {
	let server: ListeningProcess | undefined;
	afterEach(() => server?.kill());

	it("makes foreign tokens good at a running server within a second", async () => {
		const token = newToken();
		server = await startProcess({}, bench.folder);
		const running = server;
		expect((await running.verify(token, "1818")).body.code).toBe("key_unknown");
		write(header, row("Main", token));
		const { code, stdout, stderr } = await runImport();
		expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "Imported 1 key.\n", stderr: "" });
		const verified = await until(
			"the key to be known",
			async () => {
				const answer = await running.verify(token, "1818");
				return answer.status === 200 && answer;
			},
			1_000,
		);
		expect(verified.body.key.name).toBe("Main");
	});

	it("says of every row it refuses its line, column and what is wrong, and imports the others once", async () => {
		write(
			`${header},scopes`,
			row("Main", newToken(), ","),
			"Bad,digest,x,robot,",
			row("Spare", newToken(), ",Bad"),
		);
		const problems = [
			"  line 3: digest must be the SHA-256 of the whole token, 64 hexadecimal digits or 44 characters of base64",
			"  line 3: prefix must be 3 to 32 characters long: how the foreign tokens begin",
			"  line 3: kind must be one of game, service",
			'  line 4: scopes entry 1 must be resource.action in lower case, such as bans.read, or "*"',
		];
		expect(await runImport("--dry-run")).toEqual({
			code: 1,
			stdout: ["Would import 1 key.", "Refused 2 rows:", ...problems, ""].join("\n"),
			stderr: "",
		});
		expect(await runImport()).toMatchObject({
			code: 1,
			stdout: ["Imported 1 key.", "Refused 2 rows:", ...problems, ""].join("\n"),
		});
		expect((await runImport()).stdout).toContain("Imported 0 keys.\n1 key imported before: left as it is.\n");
	});

	it("reports to programs as one line of JSON", async () => {
		write(header, row("Main", newToken()), row("main", newToken()), "x");
		const { code, stdout } = await runImport("--json");
		expect(code).toBe(1);
		expect(JSON.parse(stdout)).toEqual({
			dryRun: false,
			imported: 1,
			known: 0,
			refused: [
				{ line: 3, column: "name", message: "is the same as in line 2" },
				{ line: 4, message: "has 1 cells, not 4 as the first row" },
			],
		});
	});

	it("takes the workspace by its name, as every command does, and makes no database where there is none", async () => {
		write(header, row("Main", newToken()));
		const args = ["key", "import", "keys.csv", "--workspace", "my game"];
		expect(await bench.done(args)).toBe("Imported 1 key.\n");
		const elsewhere = join(bench.folder, "elsewhere");
		const { code, stderr } = await bench.placelock(args, { PLACELOCK_DATA_DIR: elsewhere });
		expect([code, stderr]).toEqual([78, expect.stringContaining(`there is no database in ${elsewhere}`)]);
		expect(existsSync(elsewhere)).toBe(false);
	});

	it("ends with 64 without a workspace or a file, and with 1 for a workspace or columns there are not", async () => {
		write(header);
		expect((await bench.placelock(["key", "import", "keys.csv"])).code).toBe(64);
		expect((await bench.placelock(["key", "import", "none.csv", "--workspace", workspaceId])).code).toBe(64);
		const nowhere = await bench.placelock(["key", "import", "keys.csv", "--workspace", "ws_none", "--json"]);
		expect(nowhere.code).toBe(1);
		expect(JSON.parse(nowhere.stderr).error.code).toBe("not_found");
		write("name,token");
		const { code, stderr } = await runImport("--json");
		expect(code).toBe(1);
		expect(JSON.parse(stderr).error).toMatchObject({
			code: "file_invalid",
			message: expect.stringMatching(/column 2 \("token"\) is not known[\s\S]+digest is missing/),
		});
	});
});
