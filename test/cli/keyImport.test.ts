import { createHash, randomBytes } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ListeningProcess, startProcess } from "../support/process.js";
import { waitFor } from "../support/waitFor.js";
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

	it("makes foreign tokens valid at a running server within a second", async () => {
		const token = newToken();
		server = await startProcess({}, bench.folder);
		const running = server;
		expect((await running.verify(token, "1818")).body.code).toBe("key_unknown");
		write(header, row("Main", token));
		const { code, stdout, stderr } = await runImport();
		expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "Imported 1 key.\n", stderr: "" });
		const verified = await waitFor(
			"the key to be known",
			async () => {
				const answer = await running.verify(token, "1818");
				return answer.status === 200 && answer;
			},
			1_000,
		);
		expect(verified.body.key.name).toBe("Main");
	});

	it("reports line, column and problem of every rejected row, and imports the others once", async () => {
		write(
			`${header},scopes`,
			row("Main", newToken(), ","),
			"Bad,digest,x,robot,",
			row("Spare", newToken(), ",Bad"),
		);
		const problems = [
			"  line 3: digest must be the SHA-256 of the whole token, 64 hexadecimal digits or 44 characters of base64",
			"  line 3: prefix must be 3 to 32 characters long: the start of the foreign tokens",
			"  line 3: kind must be one of game, service",
			'  line 4: scopes entry 1 must be resource.action in lower case, such as keys.read, or "*"',
		];
		expect(await runImport("--dry-run")).toEqual({
			code: 1,
			stdout: ["Would import 1 key.", "Rejected 2 rows:", ...problems, ""].join("\n"),
			stderr: "",
		});
		expect(await runImport()).toMatchObject({
			code: 1,
			stdout: ["Imported 1 key.", "Rejected 2 rows:", ...problems, ""].join("\n"),
		});
		expect((await runImport()).stdout).toContain(
			"Imported 0 keys.\nLeft 1 key unchanged: imported before.\n",
		);
	});

	it("reports to programs as one line of JSON", async () => {
		write(header, row("Main", newToken()), row("main", newToken()), "x");
		const { code, stdout } = await runImport("--json");
		expect(code).toBe(1);
		expect(JSON.parse(stdout)).toEqual({
			dryRun: false,
			imported: 1,
			known: 0,
			rejected: [
				{ line: 3, column: "name", message: "is the same as in line 2" },
				{ line: 4, message: "has 1 cells, but the first row has 4" },
			],
		});
	});

	it("does not import keys deleted alone or with their workspace again without --deleted-too", async () => {
		write(header, row("Main", newToken()), row("Spare", newToken()));
		await bench.done(["workspace", "create", "Wrong"]);
		const into = (workspace: string, ...more: string[]) =>
			bench.placelock(["key", "import", "keys.csv", "--workspace", workspace, ...more]);
		expect((await into("Wrong")).stdout).toBe("Imported 2 keys.\n");
		const [spare, main] = await bench.json(["key", "list", "Wrong"]);
		for (const { id } of [spare, main]) await bench.done(["key", "revoke", id, "--yes"]);
		await bench.done(["key", "delete", main.id, "--yes"]);
		await bench.done(["workspace", "delete", "Wrong", "--yes"]);
		const rejected = [
			"Rejected 2 rows:",
			"  line 2: digest was imported before, and its key was deleted since",
			"  line 3: digest was imported before, and its key was deleted since",
			"Deleted keys may have been revoked because their tokens leaked. Pass --deleted-too to import them anyway.",
			"",
		];
		expect(await into("my game", "--dry-run")).toMatchObject({
			code: 1,
			stdout: ["Would import 0 keys.", ...rejected].join("\n"),
		});
		expect(await into("my game")).toMatchObject({
			code: 1,
			stdout: ["Imported 0 keys.", ...rejected].join("\n"),
		});
		expect(JSON.parse((await into("my game", "--json")).stdout).rejected).toMatchObject([
			{ line: 2, column: "digest", reason: "known_deleted" },
			{ line: 3, column: "digest", reason: "known_deleted" },
		]);
		expect((await into("my game", "--deleted-too", "--dry-run")).stdout).toBe("Would import 2 keys.\n");
		expect(await into("my game", "--deleted-too")).toMatchObject({ code: 0, stdout: "Imported 2 keys.\n" });
	});

	it("shows the first rows of every reason, counts the rest, and explains how to raise a full workspace's limit", async () => {
		const tokens = Array.from({ length: 1_006 }, newToken);
		const repeated = tokens.slice(0, 7).map((token, n) => row(`Again ${n}`, token));
		write(header, ...tokens.map((token, n) => row(`Key ${n}`, token)), ...repeated);
		const { code, stdout } = await runImport();
		expect(code).toBe(1);
		const full = "exceeds the maxKeys of the workspace";
		expect(stdout.split("\n")).toEqual([
			"Imported 999 keys.",
			"Rejected 14 rows:",
			...[1001, 1002, 1003, 1004, 1005].map((line) => `  line ${line}: ${full}`),
			...[2, 3, 4, 5, 6].map((first) => `  line ${first + 1006}: digest is the same as in line ${first}`),
			`  and 2 more, up to line 1007: ${full}`,
			"  and 2 more, up to line 1014: digest is the same as in line …",
			"--json lists every row.",
			`To raise the limit: ${bench.name} workspace change ${workspaceId} --max-keys 1007`,
			"",
		]);
		expect(JSON.parse((await runImport("--json")).stdout).rejected).toHaveLength(14);
		await bench.done(["workspace", "change", workspaceId, "--max-keys", "1007"]);
		expect((await runImport()).stdout).toMatch(
			/^Imported 7 keys\.\nLeft 999 keys unchanged: imported before\.\nRejected 7 rows:\n/,
		);
	});

	it("shows its progress on a terminal, in one line that is cleared at the end", async () => {
		write(header, "x", ...Array.from({ length: 1_200 }, (_, n) => row(`Key ${n}`, newToken())));
		// Pretends to be a terminal: the pipe claims to be one.
		const terminal = join(bench.folder, "terminal.cjs");
		writeFileSync(terminal, "process.stderr.isTTY = true;");
		const args = ["key", "import", "keys.csv", "--workspace", "my game"];
		const { code, stdout, stderr } = await bench.placelock([...args, "--dry-run"], {
			NODE_OPTIONS: `--require "${terminal}"`,
		});
		const told = "\r1000 of 1200 rows\u001b[K\r1200 of 1200 rows\u001b[K\r\u001b[K";
		expect({ code, stderr }).toEqual({ code: 1, stderr: told });
		expect(stdout).toMatch(/^Would import 999 keys\./);
	});

	it("accepts the workspace's name, like every command, and creates no database", async () => {
		write(header, row("Main", newToken()));
		const args = ["key", "import", "keys.csv", "--workspace", "my game"];
		expect(await bench.done(args)).toBe("Imported 1 key.\n");
		const elsewhere = join(bench.folder, "elsewhere");
		const { code, stderr } = await bench.placelock(args, { PLACELOCK_DATA_DIR: elsewhere });
		expect([code, stderr]).toEqual([78, expect.stringContaining(`there is no database in ${elsewhere}`)]);
		expect(existsSync(elsewhere)).toBe(false);
	});

	it("exits with 64 without a workspace or a file, and with 1 for an unknown workspace or column", async () => {
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
			message: expect.stringMatching(/column 2 \("token"\) is unknown[\s\S]+digest is missing/),
		});
	});
});
