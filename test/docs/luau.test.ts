import { type GameServer, startGameServer } from "../support/roblox/gameServer.js";
import { useServerPerTest } from "../support/useServer.js";
import { type Block, blocksOf } from "./documents.js";
import { expectShown } from "./shown.js";

const documented = "https://keys.example.com";

/** For snippets that continue the first one of their document. */
const connected = `
local Placelock = require(game:GetService("ServerScriptService").Placelock)
local placelock = Placelock.connect({ url = "${documented}", key = { secret = "placelock" } })
`;

describe("the Luau of the documentation", () => {
	const server = useServerPerTest();
	let keyId: string;
	let game: GameServer;
	beforeEach(async () => {
		const workspace = await server.workspace({ name: "My game" });
		await server.place(workspace.id, { id: "123456" });
		const { key, token } = await server.key(workspace.id);
		keyId = key.id;
		game = await startGameServer({ placeId: 123456, secrets: { placelock: token } });
	});
	afterEach(async () => {
		await game.close();
	});

	const printed = () => game.output.map(({ text }) => text);
	const complete = ({ text }: Block) => text.includes("Placelock.connect(");
	const run = (block: Block) => {
		const source = complete(block) ? block.text : `${connected}${block.text}`;
		return game.runToEnd(source.replaceAll(documented, server.origin));
	};

	test.each(blocksOf("lua"))("%s: runs against a server, and prints what is shown", async (_place, block) => {
		await run(block);
		expect(game.errors).toEqual([]);
		expect(game.output.filter(({ level }) => level !== "print")).toEqual([]);
		expect(game.requests.length).toBeGreaterThan(0);
		if (block.shows !== undefined) expectShown(block.shows.text, printed().join("\n"));
		else if (complete(block)) expect(printed()).toEqual(["workspace My game place 123456"]);
	});

	test("reports in README.md's script when the verification changes", async () => {
		const [, block] = blocksOf("lua")[0] ?? [];
		if (block === undefined) throw new Error("README.md has no script");
		await run(block);
		const token = await server.adminToken();
		expect((await server.call("POST", `/v1/keys/${keyId}/revoke`, { token })).status).toBe(200);
		await game.advance(301);
		expect(printed()).toContain("now denied");
	});
});
