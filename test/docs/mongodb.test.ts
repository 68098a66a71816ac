import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { call } from "../support/call.js";
import { describeWithMongo } from "../support/mongodb.js";
import { projectRoot } from "../support/projectRoot.js";
import { waitFor } from "../support/waitFor.js";
import { blocks, blocksOf } from "./documents.js";
import { commandsOf, type Started, start, wordsOf } from "./shell.js";

describeWithMongo("the documentation's way to MongoDB", (mongodb) => {
	let folder: string;
	let server: Started | undefined;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "placelock-docs-mongodb-"));
	});
	afterEach(async () => {
		await server?.kill();
		rmSync(folder, { recursive: true, force: true });
	});

	const moves = blocksOf("ini").filter(([, { section }]) => section === "MongoDB");

	test.each(moves)(
		"%s: is a .env file, with the secret that the command before it prints, that moves the server",
		async (_place, block) => {
			const command = blocks[blocks.indexOf(block) - 1];
			if (command === undefined) throw new Error("no command makes the secret");
			const [line = ""] = commandsOf(command);
			const { stdout } = await start(wordsOf(line, {}), folder, {}).ended;
			const secret = stdout.trim();
			expect(secret).toMatch(/^[\w-]{64}$/);

			const env = block.text
				.replace(/^MONGODB_URI=mongodb:\/\/.*$/m, () => `MONGODB_URI=${mongodb.newUri()}`)
				.replace("what the command above printed", secret);
			expect(env).toContain(`PLACELOCK_SECRET=${secret}`);
			writeFileSync(join(folder, ".env"), `${env}\n`);

			const started = start(["npm", "start"], folder, { PORT: "0" });
			server = started;
			const origin = await waitFor("the greeting", () => /http:\/\/\S+/.exec(started.output())?.[0], 20_000);
			await waitFor("where the data is", () => /^Data: MongoDB$/m.test(started.output()));
			const quickstart = wordsOf("npx placelock quickstart --place 123456 --json", {});
			const made = JSON.parse((await start(quickstart, folder, {}).ended).stdout);
			const verify = (robloxId: string) =>
				call(origin, "POST", "/v1/verify", { token: made.token, robloxId, body: {} });
			expect((await verify("123456")).status).toBe(200);
			expect((await verify("987654")).body.code).toBe("place_not_allowed");
		},
	);

	/** As docs/operators.md has them. */
	const tools = [
		'mongodump --uri="$MONGODB_URI" --gzip --archive="placelock.archive"',
		'mongorestore --uri="$MONGODB_URI" --drop --gzip --archive="placelock.archive"',
	];

	test("names MongoDB's own tools for a backup, and Placelock's commands say the same", async () => {
		const documented = blocks.filter(({ text }) => text.includes("mongodump")).flatMap(commandsOf);
		expect(documented).toEqual(tools);
		const variables = { MONGODB_URI: mongodb.newUri(), PLACELOCK_SECRET: "x".repeat(32) };
		for (const [index, command] of ["backup", "restore"].entries()) {
			const words = ["npx", "placelock", command, "placelock.archive"];
			const { code, stderr } = await start(words, folder, variables).ended;
			expect(code).toBe(1);
			expect(stderr).toContain(`\n  ${tools[index]}\n`);
		}
	});
});

describeWithMongo("the documentation's rotation of the secret on several instances", (mongodb) => {
	const rounds = blocks.filter(
		({ heading, saved }) => heading === "On several instances" && saved === ".env",
	);
	const secrets = {
		"the old secret": "an old secret of more than 32 bytes",
		"the new secret": "a new secret of more than 32 bytes as well",
	};

	interface Instance {
		readonly server: Started;
		readonly origin: string;
	}
	let folder: string;
	let uri: string;
	let instances: Instance[] = [];
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "placelock-docs-secret-"));
		uri = mongodb.newUri();
	});
	afterEach(async () => {
		for (const { server } of instances) await server.kill();
		rmSync(folder, { recursive: true, force: true });
	});

	async function startInstance(environment: Record<string, string>): Promise<Instance> {
		const words = ["node", join(projectRoot, "dist", "server", "main.js")];
		const server = start(words, folder, { PORT: "0", MONGODB_URI: uri, ...environment });
		const origin = await waitFor("the greeting", () => /http:\/\/\S+/.exec(server.output())?.[0], 20_000);
		return { server, origin };
	}

	const settingsOf = (text: string) => {
		const filled = Object.entries(secrets).reduce((now, [word, value]) => now.replace(word, value), text);
		return parseEnv(filled) as Record<string, string>;
	};

	test("restarts them one after the other, and denies no key meanwhile", async () => {
		const old = { PLACELOCK_SECRET: secrets["the old secret"] };
		instances = [await startInstance(old), await startInstance(old)];
		const placelock = (...args: string[]) =>
			start(["npx", "placelock", ...args, "--json"], folder, { MONGODB_URI: uri, ...old }).ended;
		const made = JSON.parse((await placelock("quickstart", "--place", "123456")).stdout);
		const admin = JSON.parse((await placelock("admin-key", "create")).stdout).token;
		const tokens: string[] = [made.token];

		/** A new key of each instance, and every key there is on each instance. */
		const expectAllGood = async () => {
			for (const { origin } of instances) {
				const path = `/v1/workspaces/${made.workspaceId}/keys`;
				const body = { name: `Key ${tokens.length}`, kind: "game", scopes: [] };
				const { status, body: issued } = await call(origin, "POST", path, { token: admin, body });
				expect(status).toBe(201);
				tokens.push(issued.token);
			}
			for (const { origin } of instances) {
				const asked = tokens.map((token) =>
					call(origin, "POST", "/v1/verify", { token, robloxId: "123456", body: {} }),
				);
				expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(tokens.map(() => 200));
			}
		};

		await expectAllGood();
		expect(rounds).toHaveLength(2);
		for (const { text } of rounds) {
			for (const [index, { server }] of instances.entries()) {
				server.terminate();
				expect((await server.ended).code).toBe(0);
				instances[index] = await startInstance(settingsOf(text));
				await expectAllGood();
			}
		}
		const changed = instances.filter(({ server }) => server.log().includes("was changed"));
		expect(changed).toHaveLength(1);
	}, 120_000);
});
