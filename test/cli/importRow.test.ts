import { createHash } from "node:crypto";
import fc from "fast-check";
import { readImportRow } from "../../server/cli/key/importRow.js";

const now = Date.parse("2026-06-01T00:00:00Z");
const sha256 = createHash("sha256").update("auxvyn_token").digest();
const good = { name: "Main", digest: sha256.toString("hex"), prefix: "auxvyn_", kind: "game" };
const read = (cells: Record<string, string | undefined>) => {
	const given = Object.entries({ ...good, ...cells }).flatMap(([name, text]) =>
		text === undefined ? [] : [[name, text]],
	);
	return readImportRow({ line: 7, cells: Object.fromEntries(given) }, now);
};

describe("a row of an import file", () => {
	it("is a key with what its cells say", () => {
		const cells = {
			scopes: "bans.read; live-servers.write",
			placeIds: "1818,2",
			allowedIps: "192.0.2.0/24 2001:db8::1",
			expiresAt: "2027-01-01T00:00:00Z",
			description: "from Auxvyn",
		};
		expect(read(cells)).toEqual({
			line: 7,
			sha256,
			prefix: "auxvyn_",
			input: {
				name: "Main",
				kind: "game",
				scopes: ["bans.read", "live-servers.write"],
				placeIds: ["1818", "2"],
				allowedIps: ["192.0.2.0/24", "2001:db8::1"],
				expiresAt: Date.parse("2027-01-01T00:00:00Z"),
				description: "from Auxvyn",
			},
		});
	});

	it("may omit everything but name, digest, prefix and kind, and then grants nothing", () => {
		expect(read({})).toMatchObject({ input: { scopes: [], placeIds: [], allowedIps: [] } });
	});

	it("accepts any 32 bytes as a digest, in hex, base64 or base64url", () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (some) => {
				const bytes = Buffer.from(some);
				for (const digest of [
					bytes.toString("hex"),
					bytes.toString("hex").toUpperCase(),
					bytes.toString("base64"),
					bytes.toString("base64").replace("=", ""),
					bytes.toString("base64url"),
				]) {
					expect(read({ digest })).toMatchObject({ sha256: bytes });
				}
			}),
		);
	});

	it.each([
		[{ digest: good.digest.slice(1) }, "digest", "must be the SHA-256 of the whole token"],
		[{ digest: `${sha256.toString("base64url").slice(0, -1)}B` }, "digest", "must be the SHA-256"],
		[{ digest: "auxvyn_token" }, "digest", "must be the SHA-256"],
		[{ digest: undefined }, "digest", "is required"],
		[{ name: undefined }, "name", "is required"],
		[{ name: "x".repeat(101) }, "name", "must be 1 to 100 characters long"],
		[{ name: "Caf\ufffd" }, "name", "has characters that are not UTF-8; save the file as UTF-8"],
		[{ prefix: undefined }, "prefix", "is required"],
		[{ prefix: "ab" }, "prefix", "must be 3 to 32 characters long"],
		[{ prefix: "x".repeat(33) }, "prefix", "must be 3 to 32 characters long"],
		[{ prefix: "key 1" }, "prefix", "must be ASCII letters, digits and symbols"],
		[{ prefix: "clé_" }, "prefix", "must be ASCII letters, digits and symbols"],
		[{ prefix: "plk" }, "prefix", "must not be the start of Placelock's own tokens"],
		[{ prefix: "plk_old" }, "prefix", "must not be the start of Placelock's own tokens"],
		[{ kind: "admin" }, "kind", "must be one of game, service"],
		[{ scopes: "bans.read, Bad" }, "scopes", "entry 2 must be resource.action"],
		[{ scopes: "keys.wirte" }, "scopes", "entry 1 is not an action of keys"],
		[{ placeIds: "0" }, "placeIds", "entry 1 must be a Roblox ID"],
		[{ kind: "service", placeIds: "5" }, "placeIds", "must be empty: only game keys are limited to places"],
		[{ allowedIps: "192.0.2.1/33" }, "allowedIps", "entry 1 "],
		[{ expiresAt: "tomorrow" }, "expiresAt", "must be a time in RFC 3339"],
		[{ expiresAt: "2026-05-31T23:59:59Z" }, "expiresAt", "must be in the future"],
		[{ description: "x".repeat(501) }, "description", "must be at most 500 characters long"],
	])("%j is rejected, with the line, the column and the problem", (cells, column, message) => {
		expect(read(cells)).toEqual([{ line: 7, column, message: expect.stringContaining(message) }]);
	});

	it("reports the problem of every cell and entry once, whatever is wrong with the others", () => {
		const wrong = {
			kind: "robot",
			placeIds: "0 5",
			expiresAt: "tomorrow",
			scopes: "keys.wirte, Bad, keys.read",
			allowedIps: "192.0.2.1/33 192.0.2.2 1.2",
			name: "a\u0000b",
		};
		expect(read(wrong)).toEqual(
			[
				["name", "must not contain control characters"],
				["kind", "must be one of game, service"],
				["scopes", "entry 1 is not an action of keys"],
				["scopes", "entry 2 must be resource.action"],
				["placeIds", "entry 1 must be a Roblox ID"],
				["allowedIps", "entry 1 must have a prefix length"],
				["allowedIps", "entry 3 must be an IPv4 or IPv6 address"],
				["expiresAt", "must be a time in RFC 3339"],
			].map(([column, message]) => ({ line: 7, column, message: expect.stringContaining(message ?? "") })),
		);
		expect(
			read({ kind: "service", placeIds: "5, 0", scopes: "Bad", expiresAt: "2020-01-01T00:00:00Z" }),
		).toEqual([
			{ line: 7, column: "scopes", message: expect.stringContaining("entry 1 must be resource.action") },
			{ line: 7, column: "placeIds", message: expect.stringContaining("must be empty") },
			{ line: 7, column: "placeIds", message: expect.stringContaining("entry 2 must be a Roblox ID") },
			{ line: 7, column: "expiresAt", message: "must be in the future" },
		]);
		const many = Array.from({ length: 101 }, (_, n) => (n === 3 ? "x" : `192.0.2.${n}`)).join(" ");
		expect(read({ allowedIps: many })).toEqual([
			{ line: 7, column: "allowedIps", message: "must have at most 100 entries" },
			{ line: 7, column: "allowedIps", message: expect.stringContaining("entry 4 must be an IPv4") },
		]);
	});

	it("reports every problem together, and quotes nothing", () => {
		const wrong = {
			name: undefined,
			digest: "5ecret".repeat(9),
			prefix: "5ecret 5ecret",
			kind: "5ecret",
			scopes: "5ecret",
		};
		const problems = read(wrong);
		expect(problems).toHaveLength(5);
		expect(JSON.stringify(problems)).not.toContain("5ecret");
	});
});
