import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { asCalled } from "../../server/boot/commandName.js";
import { exitCodes } from "../../server/boot/exitCodes.js";
import { createProgram } from "../../server/cli/program.js";
import { projectRoot } from "../support/projectRoot.js";
import { type Workbench, workbench } from "./placelock.js";

let bench: Workbench;
beforeAll(() => {
	bench = workbench();
});
afterAll(() => bench.remove());

/** Every command, by its full name. */
const commands = leavesOf(createProgram());

function leavesOf(command: Command, path = ""): Array<[name: string, command: Command]> {
	if (command.commands.length === 0) return [[path, command]];
	return command.commands.flatMap((one) => leavesOf(one, `${path} ${one.name()}`.trim()));
}

it.each(commands)(
	"placelock %s --help explains itself with examples, and says what it prints",
	(name, command) => {
		let help = "";
		command.configureOutput({ writeOut: (text) => (help += text) });
		command.outputHelp();
		expect(help).toContain(`Usage: placelock ${name}`);
		expect(help).toMatch(new RegExp(`Examples:\\n(.*\\n)*? .*placelock ${name}`));
		if (name !== "serve") expect(help).toMatch(/--json +print/);
	},
);

const names = createProgram().commands.map((command) => command.name());
const groups = createProgram().commands.filter((command) => command.commands.length > 0);
it.each(groups.map((group) => [group.name(), group] as const))(
	"placelock %s --help has examples of commands that are there",
	(name, group) => {
		let help = "";
		group.configureOutput({ writeOut: (text) => (help += text) });
		group.outputHelp();
		const examples = [...help.matchAll(/^ {2}placelock (\S+) (\S+)/gm)];
		expect(examples.length).toBeGreaterThan(1);
		for (const [, first, second] of examples) {
			expect(first).toBe(name);
			expect(group.commands.map((command) => command.name())).toContain(second);
		}
	},
);

it.each(["--version", "-V"])("prints the version of package.json with %s", async (option) => {
	const { version } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
	expect(await bench.done([option])).toBe(`${version}\n`);
});

it("prints help on standard output, with the exit codes", async () => {
	const { code, stdout, stderr } = await bench.placelock(["--help"]);
	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	for (const exitCode of Object.values(exitCodes)) expect(stdout).toContain(String(exitCode));
	const own = await bench.placelock(["key", "rotate", "--help"]);
	expect(own).toMatchObject({ code: 0, stdout: expect.stringContaining("--overlap-seconds") });
});

it("reports every problem with the options together", async () => {
	const { code, stdout, stderr } = await bench.placelock([
		...["admin-key", "create", "--name", "", "--scopes", "keys.frob,Bad", "--expires-days", "soon"],
	]);
	expect({ code, stdout }).toEqual({ code: 64, stdout: "" });
	expect(stderr).toContain("--name must be 1 to 100 characters long");
	expect(stderr.match(/--name/g)).toHaveLength(1);
	expect(stderr).toContain(
		"--scopes entry 1 is not an action of keys; use keys.introspect, keys.read or keys.write",
	);
	expect(stderr).toContain("--scopes entry 2 must be resource.action");
	expect(stderr).toContain("--expires-days must be a whole number from 1 to 3650");
});

it("reports them to programs as JSON on stderr", async () => {
	const { code, stdout, stderr } = await bench.placelock(["quickstart", "--name", "", "--json"]);
	expect({ code, stdout }).toEqual({ code: 64, stdout: "" });
	expect(JSON.parse(stderr)).toEqual({
		error: {
			code: "usage",
			message: expect.any(String),
			problems: [
				{ option: "--place", message: "is required" },
				{ option: "--name", message: "must be 1 to 100 characters long" },
			],
		},
	});
});

it.each([
	["0"],
	["abc"],
	["-5"],
	["12.5"],
	["007"],
	["9223372036854775808"],
	["https://www.roblox.com/users/123456/profile"],
	["https://example.com/games/123456"],
])("rejects %s for a place, and leaves nothing behind", async (place) => {
	const { code, stderr } = await bench.placelock(["quickstart", `--place=${place}`]);
	expect(code).toBe(64);
	expect(stderr).toContain("--place must be a Roblox ID");
	expect(readdirSync(bench.folder)).toEqual([]);
});

it.each([
	[[], "placelock: missing command\n\nUsage: placelock <command> [options]"],
	[
		["frob"],
		'unknown command "frob"; commands: serve, setup-link, quickstart, workspace, member, invitation, place, key, denials, usage, account, admin-key',
	],
	[["admin-key"], "placelock: missing command\n\nUsage: placelock admin-key <command> [options]"],
	[["admin-key", "--json"], "missing command; commands: create, list, rotate, revoke, delete"],
	[["admin-key", "frob"], 'unknown command "admin-key frob"'],
	[["key", "nosuch", "--json"], 'unknown command \\"key nosuch\\"'],
	[["key", "--frob"], "unknown option '--frob'"],
	[["--json", "workspace", "list"], "unknown option '--json'"],
	[["quickstart", "--plac", "1"], "Did you mean --place?"],
	[["quickstart", "--place"], "argument missing\nMore: placelock quickstart --help"],
	[["key", "rotate"], "missing required argument 'key'\nMore: placelock key rotate --help"],
	[["quickstart", "--place", "1", "2"], "too many arguments"],
])("rejects %j and explains why", async (args, reason) => {
	const { code, stdout, stderr } = await bench.placelock(args);
	expect({ code, stdout }).toEqual({ code: 64, stdout: "" });
	expect(stderr).toContain(asCalled(reason, names, bench.name));
});

it("exits with 78 and lists every invalid variable", async () => {
	const wrong = { PORT: "http", PLACELOCK_PLACE_PROOF: "maybe" };
	const { code, stderr } = await bench.placelock(["quickstart", "--place", "1", "--json"], wrong);
	expect(code).toBe(78);
	const { error } = JSON.parse(stderr);
	expect(error.code).toBe("configuration");
	expect(error.message).toMatch(/PORT[\s\S]+PLACELOCK_PLACE_PROOF/);
});

it("exits with 78 when the data directory is unusable", async () => {
	// A file where the folder should be.
	const { code, stderr } = await bench.placelock(["quickstart", "--place", "1"], {
		PLACELOCK_DATA_DIR: __filename,
		PLACELOCK_SECRET: "",
	});
	expect({ code, stderr }).toEqual({
		code: 78,
		stderr: expect.stringMatching(/^placelock: cannot write to .+ E\w+: .+PLACELOCK_DATA_DIR/),
	});
});

it("exits with 69 and names the host, never the password, when the database is unavailable", async () => {
	const { code, stdout, stderr } = await bench.placelock(["quickstart", "--place", "1", "--json"], {
		MONGODB_URI: "mongodb://user:hunter2@127.0.0.1:9/placelock",
	});
	expect({ code, stdout }).toEqual({ code: 69, stdout: "" });
	expect(JSON.parse(stderr).error).toMatchObject({
		code: "unavailable",
		message: expect.stringContaining("127.0.0.1:9"),
	});
	expect(stderr).not.toContain("hunter2");
});
