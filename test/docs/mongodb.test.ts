import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call } from "../support/call.js";
import { describeWithMongo } from "../support/mongodb.js";
import { until } from "../support/until.js";
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

	test.each(blocksOf("ini"))(
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
			const origin = await until("the greeting", () => /http:\/\/\S+/.exec(started.output())?.[0], 20_000);
			await until("where the data is", () => /^Data: MongoDB$/m.test(started.output()));
			const quickstart = wordsOf("npm run placelock -- quickstart --place 123456 --json", {});
			const made = JSON.parse((await start(quickstart, folder, {}).ended).stdout);
			const verify = (robloxId: string) =>
				call(origin, "POST", "/v1/verify", { token: made.token, robloxId, body: {} });
			expect((await verify("123456")).status).toBe(200);
			expect((await verify("987654")).body.code).toBe("place_not_allowed");
		},
	);
});
