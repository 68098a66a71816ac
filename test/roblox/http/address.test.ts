import fc from "fast-check";
import { type Modules, openModules } from "../modules.js";

describe("addresses", () => {
	let modules: Modules;
	beforeAll(async () => {
		modules = await openModules();
	});
	afterAll(() => modules.close());

	const read = async (url: string) =>
		(await modules.run(`return { use("http/address").readAddress(input) }`, url)) as [
			string | { base: string; exposesKey: boolean },
		];
	const validate = async (paths: readonly string[]) =>
		(await modules.run(
			`local found = {}
			for index, path in input do found[index] = use("http/address").validatePath(path) or "valid" end
			return found`,
			paths,
		)) as string[];

	test.each([
		["https://keys.example.com", "https://keys.example.com", false],
		["https://keys.example.com/", "https://keys.example.com", false],
		["https://example.com/keys//", "https://example.com/keys", false],
		["HTTPS://Keys.Example.COM:8443/A", "https://keys.example.com:8443/A", false],
		["http://keys.example.com", "http://keys.example.com", true],
		["http://192.168.0.7:8080", "http://192.168.0.7:8080", true],
		["http://localhost:8080", "http://localhost:8080", false],
		["http://127.0.0.1:8080", "http://127.0.0.1:8080", false],
		["http://[::1]:8080", "http://[::1]:8080", false],
		["http://127.0.0.1.example.com", "http://127.0.0.1.example.com", true],
		["http://localhost.example.com", "http://localhost.example.com", true],
	])("%s is parsed, and reported if it exposes the key", async (url, base, exposesKey) => {
		expect(await read(url)).toEqual([{ base, exposesKey }]);
	});

	test.each([
		["keys.example.com", "must start with"],
		["ftp://keys.example.com", "must start with"],
		["https://", "has no host"],
		["https://user:word@keys.example.com", "must not contain a user name"],
		["https://keys.example.com?x=1", "must end with its path"],
		["https://keys.example.com/#x", "must end with its path"],
		["https://keys.example.com/a/../b", "must not have . or .."],
		["https://keys.example.com/%2E%2e/b", "must not have . or .."],
		["https://keys.example.com/ä", "contains spaces or characters"],
		["https://keys.example.com\n", "contains spaces or characters"],
		["https://keys.example.com/v1", "must end before /v1"],
		["https://keys.example.com/api/v1/", "must end before /v1"],
		["https://keys.example.com/v1/verify", "must end before /v1"],
		["https://keys.example.com:22", "which Roblox blocks"],
		["https://keys.example.com:1194", "which Roblox blocks"],
		["https://keys.example.com:70000", "has a port outside 1 to 65535"],
		["https://keys.example.com:", "has a colon without a port"],
		["https://keys_example,com", "has a host that is neither"],
	])("%j is rejected with the reason", async (url, reason) => {
		expect(await read(url)).toEqual([expect.stringContaining(reason)]);
	});

	test("paths that lead out of the server or out of its part of the host are rejected", async () => {
		const rejected = [
			"",
			"shop",
			"//evil.example",
			"https://evil.example",
			"/a/../b",
			"/..",
			"/a/%2e%2E/b",
			"/a/.%2e",
		];
		rejected.push(
			"/a/./b",
			"/a\\..\\b",
			"/a%5c..%5cb",
			"/a%2f..%2fb",
			"/a b",
			"/a\r\nHost: evil",
			"/a#b",
			"@evil.example",
		);
		expect((await validate(rejected)).filter((problem) => problem === "valid")).toEqual([]);
	});

	test("ordinary paths are accepted", async () => {
		const ordinary = [
			"/",
			"/shop",
			"/shop/items?page=1&back=../up",
			"/a..b/c",
			"/.well-known/x",
			"/a//b",
			"/%C3%BC",
		];
		expect(await validate(ordinary)).toEqual(ordinary.map(() => "valid"));
	});

	test("no accepted path changes the host or leads out of the base", async () => {
		const part = fc.constantFrom(
			"/",
			".",
			"..",
			"%2e",
			"%2f",
			"\\",
			"%5C",
			"a",
			"evil.example",
			"@",
			":",
			"//",
			"?",
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.array(part, { maxLength: 8 }), { minLength: 100, maxLength: 100 }),
				async (all) => {
					const paths = all.map((parts) => parts.join(""));
					(await validate(paths)).forEach((problem, index) => {
						if (problem !== "valid") return;
						const url = new URL(`https://keys.example.com/base${paths[index]}`);
						expect(url.host).toBe("keys.example.com");
						expect(url.pathname.startsWith("/base/")).toBe(true);
					});
				},
			),
			{ numRuns: 30 },
		);
	});

	test("any text becomes one segment that decodes to the same text", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.string({ unit: "grapheme" }), { minLength: 50, maxLength: 50 }),
				async (all) => {
					const encoded = (await modules.run(
						`local found = {}
					for index, text in input do found[index] = use("http/address").encodeForAddress(text) end
					return found`,
						all,
					)) as string[];
					expect(encoded.map(decodeURIComponent)).toEqual(all);
					for (const text of encoded) expect(text).toMatch(/^[\w.~%-]*$/);
				},
			),
			{ numRuns: 10 },
		);
	});
});
