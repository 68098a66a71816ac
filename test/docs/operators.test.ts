import { copyFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call, type Json, type TestResponse } from "../support/call.js";
import { projectRoot } from "../support/projectRoot.js";
import { openTlsProxy, type TlsProxy } from "../support/tlsProxy.js";
import { waitFor } from "../support/waitFor.js";
import { type Block, blocks } from "./documents.js";
import { Machine } from "./machine.js";
import { nginxHeaders } from "./proxyHeaders.js";
import { commandsOf } from "./shell.js";
import { expectShown } from "./shown.js";

const publicName = "keys.example.com";

/** mongodb.test.ts runs the blocks for several instances. */
const ours = blocks.filter(
	({ file, section, heading }) =>
		file === "docs/operators.md" && section !== "MongoDB" && heading !== "On several instances",
);
/** Commands that are run elsewhere, and the file that runs them. */
const elsewhere: Readonly<Record<string, string>> = {
	"npm ci": ".ci/run",
	'mongodump --uri="$MONGODB_URI" --gzip --archive="placelock.archive"': "test/docs/mongodb.test.ts",
	'mongorestore --uri="$MONGODB_URI" --drop --gzip --archive="placelock.archive"':
		"test/docs/mongodb.test.ts",
};
const placelock = "sudo -u placelock node dist/server/cli/main.js";

/** Every block of docs/operators.md, in order and on one machine. */
describe("the operator's guide", () => {
	let machine: Machine;
	let proxy: TlsProxy;
	let origin: string;
	let made: Json;
	let rotated: string;
	let root: string;

	beforeAll(async () => {
		root = realpathSync(mkdtempSync(join(tmpdir(), "placelock-machine-")));
		const port = await freePort();
		origin = `http://127.0.0.1:${port}`;
		proxy = await openTlsProxy({ name: publicName, port, headers: nginxHeaders });
		const cert = join(root, "proxy.pem");
		writeFileSync(cert, proxy.cert);
		machine = new Machine({
			root,
			here: {
				"127.0.0.1:8080": `127.0.0.1:${port}`,
				"PORT=8080": `PORT=${port}`,
				[`https://${publicName}`]: `https://${publicName}:${proxy.port}`,
			},
			environment: {
				NODE_EXTRA_CA_CERTS: cert,
				NODE_OPTIONS: `--require "${join(projectRoot, "test/support/resolveHere.cjs").replaceAll("\\", "/")}"`,
				PLACELOCK_TEST_RESOLVE: publicName,
			},
		});
	});
	afterAll(async () => {
		await machine.close();
		await proxy.close();
		rmSync(root, { recursive: true, force: true });
	});

	const verify = (token: string): Promise<TestResponse> =>
		call(origin, "POST", "/v1/verify", { token, robloxId: "123456", body: {} });
	/** A running server applies a change by a command within a second. */
	const expectGood = (token: string) =>
		waitFor("the server accepts the key", async () => (await verify(token)).status === 200, 2_000);
	const workspaces = async () =>
		(await machine.run(`${placelock} workspace list`))
			.trim()
			.split("\n")
			.map((line) => line.split("\t")[1]);

	/** What a reader did in the dashboard before a section. */
	const before: Readonly<Record<string, () => Promise<unknown>>> = {
		"Backup and restore": async () => {
			made = JSON.parse(await machine.run(`${placelock} quickstart --place 123456 --json`));
			machine.values.oDkHvNq98l4k = made.keyId;
			machine.values.ws_d7xo05NXfrt5 = made.workspaceId;
			await expectGood(made.token);
		},
	};

	/** What happens before a command. */
	const first: Readonly<Record<string, () => unknown>> = {
		"sudo systemctl start placelock-backup": () => machine.run(`${placelock} workspace create "Before"`),
		"sudo systemctl stop placelock": () => machine.run(`${placelock} workspace create "After"`),
		"sudo install -d -o placelock -m 700 /var/lib/placelock /var/backups/placelock": async () => {
			await machine.run("sudo systemctl stop placelock");
			copyFileSync(machine.path("/var/backups/placelock/placelock.db"), machine.path("/root/placelock.db"));
			for (const folder of ["/var/lib/placelock", "/var/backups/placelock"])
				rmSync(machine.path(folder), { recursive: true });
		},
	};

	/** What is true after a command, and what a reader does with its output. */
	const then: Readonly<Record<string, (printed: string, section: string) => unknown>> = {
		[`${placelock} setup-link`]: async (printed) => {
			const body = { code: printed.split("#")[1]?.trim(), name: "Ada", password: "four plain words for Ada" };
			expect((await call(origin, "POST", "/v1/setup", { body })).status).toBe(201);
			await expect(machine.run(`${placelock} setup-link`)).rejects.toThrow("ended with 1");
		},
		[`${placelock} doctor`]: (printed, section) => {
			expect(printed).toMatch(/\nNo problems found\.\n$/);
			const rotating = section === "Rotate the server secret" && !machine.values["the retired is gone"];
			if (rotating) expect(printed).toContain("1 retired also accepted");
			else expect(printed).not.toContain("retired");
		},
		[`${placelock} config`]: (printed) => {
			for (const secret of ["the new secret", "the old secret"])
				expect(printed).not.toContain(machine.values[secret]);
		},
		"sudo systemctl start placelock": async (_printed, section) => {
			await expectGood(made.token);
			if (section === "Backup and restore") expect(await workspaces()).toEqual(["Before", "My game"]);
		},
		"sudo systemctl restart placelock": async (_printed, section) => {
			if (section !== "Rotate the server secret") return;
			const env = readFileSync(machine.path("/opt/placelock/.env"), "utf8");
			if (/^PLACELOCK_RETIRED_SECRETS=.+$/m.test(env)) {
				await expectGood(made.token);
				const log = await machine.run("sudo journalctl -u placelock -o cat");
				expect(log).toContain("the secret of this database was changed");
				return;
			}
			machine.values["the retired is gone"] = "yes";
			expect((await verify(made.token)).body.code).toBe("key_unknown");
			await expectGood(rotated);
		},
		"node -p \"require('node:crypto').randomBytes(48).toString('base64url')\"": (printed) => {
			machine.values["the new secret"] = printed.trim();
		},
		"node -p \"require('node:crypto').createHash('sha256').update('acme_live_4f0c9e7a1b').digest('hex')\"": (
			printed,
		) => {
			machine.values["what the command above printed"] = printed.trim();
		},
		"sudo cat /var/lib/placelock/secret": (printed) => {
			machine.values["the old secret"] = printed.trim();
		},
		[`${placelock} key list "My game"`]: (printed) => expect(printed).toContain(made.keyId),
		[`${placelock} key rotate oDkHvNq98l4k`]: async (printed) => {
			rotated = /plk_game_\w+/.exec(printed)?.[0] ?? "";
			await Promise.all([expectGood(made.token), expectGood(rotated)]);
		},
		[`${placelock} key import keys.csv --workspace ws_d7xo05NXfrt5 --dry-run`]: (printed) =>
			expect(printed).toBe("Would import 1 key.\n"),
		[`${placelock} key import keys.csv --workspace ws_d7xo05NXfrt5`]: () =>
			expectGood("acme_live_4f0c9e7a1b"),
	};

	let section: string | undefined;
	const steps = ours.filter(({ language, saved }) => language === "sh" || saved !== undefined);

	test.each(steps.map((block): [string, Block] => [`${block.file}:${block.line}`, block]))(
		"%s: works, after those before it",
		async (_place, block) => {
			if (block.section !== section) await before[block.section ?? ""]?.();
			section = block.section;
			if (block.saved !== undefined) {
				machine.save(block.saved, block.text);
				return;
			}
			let all = "";
			for (const command of commandsOf(block)) {
				const file = elsewhere[command];
				if (file !== undefined) {
					const runs = readFileSync(join(projectRoot, file), "utf8");
					expect({ command, file, runs: runs.includes(command) }).toEqual({ command, file, runs: true });
					continue;
				}
				if (section === "Backup and restore") await first[command]?.();
				const printed = await machine.run(command);
				await then[command]?.(printed, section ?? "");
				if (!printed.startsWith("Would ")) all += printed;
			}
			if (block.shows !== undefined) expectShown(block.shows.text, all);
		},
		60_000,
	);

	test("has every command whose outcome is checked", () => {
		const all = ours.filter(({ language }) => language === "sh").flatMap(commandsOf);
		const looked = [...Object.keys(then), ...Object.keys(first), ...Object.keys(elsewhere)];
		expect(all).toEqual(expect.arrayContaining(looked));
		expect(ours.map((block) => block.section)).toEqual(expect.arrayContaining(Object.keys(before)));
	});
});

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	return typeof address === "object" && address !== null ? address.port : 0;
}
