import { type Game, startGame, token } from "../game.js";

const secrets = { placelock: token };
const fetched = `game:GetService("HttpService"):GetSecret("placelock")`;

describe("the key", () => {
	let game: Game;
	afterEach(() => game.close());

	test.each([
		["a string", `"${token}"`],
		["a Secret", fetched],
		["the name of a Secret", `{ secret = "placelock" }`],
	])("given as %s reaches the server in the Authorization header", async (_, key) => {
		game = await startGame({ key, server: { secrets } });
		expect((await game.verify()).ok).toBe(true);
		expect(game.backend.received[0]?.headers.authorization).toBe(`Bearer ${token}`);
	});

	test("that is a missing secret returns configuration with the steps to add it, and no request is sent", async () => {
		game = await startGame({ key: `{ secret = "placelock" }`, server: { studio: true } });
		const { error } = await game.verify();
		expect(error).toMatchObject({ kind: "configuration", code: "SecretMissing", attempts: 0 });
		expect(error.message).toContain('"placelock"');
		expect(error.message).toContain("Local Secret");
		expect(error.message).toContain("Creator Hub");
		expect(game.backend.received).toHaveLength(0);
		expect(game.lines()).toHaveLength(1);
	});

	test("that is a secret of another domain returns configuration", async () => {
		game = await startGame({
			key: fetched,
			server: { secrets: { placelock: { value: token, domain: "keys.example.com" } } },
		});
		expect((await game.verify()).error).toMatchObject({
			kind: "configuration",
			code: "SecretDomain",
			attempts: 1,
		});
	});

	test("is in nothing that the module prints, returns or keeps in its tables", async () => {
		game = await startGame({ url: "http://keys.nowhere.example", connect: { maxAttempts: 1 } });
		const seen = await game.lua(`
			local found, visited = {}, {}
			local function walk(value, path)
				if type(value) == "string" and string.find(value, "SECRET", 1, true) then table.insert(found, path) end
				if type(value) ~= "table" or visited[value] then return end
				visited[value] = true
				for key, inner in pairs(value) do
					walk(key, path .. " key")
					walk(inner, path .. "." .. tostring(key))
				end
			end
			walk({ placelock, placelock:verify(), placelock:getVerification() }, "")
			return found`);
		expect(seen).toEqual([]);
		await game.close();
		game = await startGame({ connect: { maxAttempts: 1 } });
		game.backend.always({ status: 401, body: { code: token, detail: `No such key: ${token}` } });
		const { error } = await game.verify();
		expect(error.message).toContain("No such key");
		expect(JSON.stringify(error)).not.toContain("SECRET");
		expect(game.lines().join("\n")).not.toContain("SECRET");
		expect(game.lines().length).toBeGreaterThan(0);
	});

	test("is never in an address or a body", async () => {
		game = await startGame();
		await game.verify();
		await game.lua(`placelock:request({ method = "POST", path = "/shop", body = { item = 1 } })`);
		for (const { url, body, headers } of game.server.requests) {
			expect(`${url} ${body}`).not.toContain("SECRET");
			for (const [name, value] of Object.entries(headers)) {
				if (name !== "authorization") expect(value).not.toContain("SECRET");
			}
		}
	});
});
