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
	const faults = async (paths: readonly string[]) =>
		(await modules.run(
			`local found = {}
			for index, path in input do found[index] = use("http/address").faultOfPath(path) or "fine" end
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
	])("%s is read, and whether it lays the key open", async (url, base, exposesKey) => {
		expect(await read(url)).toEqual([{ base, exposesKey }]);
	});

	test.each([
		["keys.example.com", "must begin with"],
		["ftp://keys.example.com", "must begin with"],
		["https://", "has no host"],
		["https://user:word@keys.example.com", "must not hold a user name"],
		["https://keys.example.com?x=1", "must end with its path"],
		["https://keys.example.com/#x", "must end with its path"],
		["https://keys.example.com/a/../b", "must not have . or .."],
		["https://keys.example.com/%2E%2e/b", "must not have . or .."],
		["https://keys.example.com/ä", "has spaces or characters"],
		["https://keys.example.com\n", "has spaces or characters"],
		["https://keys.example.com/v1", "must end before /v1"],
		["https://keys.example.com/api/v1/", "must end before /v1"],
		["https://keys.example.com/v1/verify", "must end before /v1"],
		["https://keys.example.com:22", "which Roblox refuses"],
		["https://keys.example.com:1194", "which Roblox refuses"],
		["https://keys.example.com:70000", "has a port that does not exist"],
		["https://keys.example.com:", "has a colon without a port"],
		["https://keys_example,com", "has a host that is not"],
	])("%j is refused with the reason", async (url, reason) => {
		expect(await read(url)).toEqual([expect.stringContaining(reason)]);
	});

	test("paths that leave the server or its part of it are refused", async () => {
		const bad = [
			"",
			"shop",
			"//evil.example",
			"https://evil.example",
			"/a/../b",
			"/..",
			"/a/%2e%2E/b",
			"/a/.%2e",
		];
		bad.push(
			"/a/./b",
			"/a\\..\\b",
			"/a%5c..%5cb",
			"/a%2f..%2fb",
			"/a b",
			"/a\r\nHost: evil",
			"/a#b",
			"@evil.example",
		);
		expect((await faults(bad)).filter((fault) => fault === "fine")).toEqual([]);
	});

	test("ordinary paths are taken", async () => {
		const good = [
			"/",
			"/shop",
			"/shop/items?page=1&back=../up",
			"/a..b/c",
			"/.well-known/x",
			"/a//b",
			"/%C3%BC",
		];
		expect(await faults(good)).toEqual(good.map(() => "fine"));
	});

	test("no path that is taken ever changes the host or climbs out of the base", async () => {
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
					(await faults(paths)).forEach((fault, index) => {
						if (fault !== "fine") return;
						const url = new URL(`https://keys.example.com/base${paths[index]}`);
						expect(url.host).toBe("keys.example.com");
						expect(url.pathname.startsWith("/base/")).toBe(true);
					});
				},
			),
			{ numRuns: 30 },
		);
	});

	test("any text becomes one segment that reads back as itself", async () => {
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
