import { type Modules, openModules } from "../modules.js";

const validOptions = { url: "https://keys.example.com", key: "plk_game_abc" };

describe("the options of connect", () => {
	let modules: Modules;
	beforeAll(async () => {
		modules = await openModules();
	});
	afterAll(() => modules.close());

	/** The error that `readOptions` throws, or its settings. `more` is Luau, for values that JSON does not have. */
	const read = async (options: unknown, more = "") =>
		(await modules.run(
			`${more}
			local ok, outcome = pcall(use("options/options").readOptions, input, 0)
			return { ok = ok, settings = if ok then outcome else nil, message = if ok then nil else outcome }`,
			options,
		)) as { ok: boolean; message: string; settings: Record<string, unknown> };

	test("have the documented defaults", async () => {
		expect((await read(validOptions)).settings).toMatchObject({
			cacheSeconds: 60,
			staleSeconds: 600,
			timeoutSeconds: 10,
			deadlineSeconds: 30,
			maxAttempts: 4,
			requestsPerMinute: 120,
			reverifySeconds: 300,
			studio: "verify",
		});
	});

	test.each([
		[{ url: undefined }, "url: expected the address"],
		[{ url: "keys.example.com" }, 'url: "keys.example.com" must start with'],
		[{ url: 7 }, "got 7"],
		[{ key: undefined }, "key: expected a Secret"],
		[{ key: "" }, "got an empty string"],
		[{ key: 7 }, "got a number"],
		[{ key: { name: "placelock" } }, "fields other than secret"],
		[{ key: { secret: "" } }, "without the name of a secret"],
		[{ cacheSeconds: -1 }, "cacheSeconds: expected a number from 0 to 86400, got -1"],
		[{ staleSeconds: "600" }, 'staleSeconds: expected a number from 0 to 86400, got "600"'],
		[{ timeoutSeconds: 0 }, "timeoutSeconds: expected a whole number from 1 to 120, got 0"],
		[{ timeoutSeconds: 1.5 }, "timeoutSeconds: expected a whole number from 1 to 120, got 1.5"],
		[{ deadlineSeconds: 0 }, "deadlineSeconds: expected a number from 1 to 600, got 0"],
		[{ maxAttempts: 0 }, "maxAttempts: expected a whole number from 1 to 10, got 0"],
		[{ requestsPerMinute: 501 }, "requestsPerMinute: expected a whole number from 1 to 500, got 501"],
		[{ reverifySeconds: 1 }, "reverifySeconds: expected 0 or a number from 5 to 86400, got 1"],
		[{ studio: "off" }, 'studio: expected "verify", "skip" or { placeId'],
		[{ studio: { placeId: 0 } }, "got a placeId that is not a place ID"],
		[{ studio: { place: 1 } }, 'got a table with the field "place"'],
		[{ logger: "print" }, 'logger: expected a function (level, message), got "print"'],
		[{ cacheSecond: 5 }, '"cacheSecond": unknown option. The options are url, key, cacheSeconds'],
	])("with %j are rejected with the reason", async (wrong, message) => {
		const outcome = await read({ ...validOptions, ...wrong });
		expect(outcome.ok).toBe(false);
		expect(outcome.message).toContain(message);
	});

	test("that are NaN or infinite are rejected", async () => {
		for (const value of ["0/0", "math.huge", "-math.huge"]) {
			const outcome = await read(validOptions, `input.staleSeconds = ${value}`);
			expect(outcome.message).toContain("staleSeconds: expected a number");
		}
	});

	test("report every problem at once", async () => {
		const { message } = await read({ url: "x", maxAttempts: 99, colour: "red", studio: 1 });
		expect(message).toMatch(/^Placelock\.connect: 5 problems in the options:\n/);
		for (const name of ["url", "key", "maxAttempts", '"colour"', "studio"])
			expect(message).toContain(`\n  - ${name}: `);
	});

	test("accept reverifySeconds 0, and place IDs as text or number", async () => {
		expect(
			(await read({ ...validOptions, reverifySeconds: 0, studio: { placeId: "9007199254740993" } })).ok,
		).toBe(true);
		expect((await read({ ...validOptions, studio: { placeId: 123456 } })).ok).toBe(true);
	});

	test("never repeat the key, wherever it is", async () => {
		const token = "plk_game_0123456789abcdefSECRETSECRETSECRET";
		for (const options of [
			{ url: token, key: `${token} ` },
			{ url: validOptions.url, key: token, [token]: true },
			{ url: validOptions.url, key: `plk_adm_SECRETSECRET` },
			{ url: validOptions.url, key: token, studio: token, logger: token, cacheSeconds: token },
		]) {
			const { ok, message } = await read(options);
			expect(ok).toBe(false);
			expect(message).not.toContain("SECRET");
		}
	});

	test("do not repeat a password in the address", async () => {
		const { message } = await read({ ...validOptions, url: "https://me:hunter2@keys.example.com" });
		expect(message).toContain("must not contain a user name or password");
		expect(message).not.toContain("hunter2");
	});

	test.each(["svc", "adm"])("reject a key that is not for games (plk_%s_)", async (kind) => {
		expect((await read({ ...validOptions, key: `plk_${kind}_abc` })).message).toContain(
			"expected a game key",
		);
	});

	test("that are not a table are rejected, and a colon instead of a dot is explained", async () => {
		expect((await read("https://keys.example.com")).message).toContain("expects a table of options");
		expect((await read({}, `input = { connect = print, endpoints = {} }`)).message).toContain("with a dot");
	});
});
