import fc from "fast-check";
import type { KeyKind } from "../../server/model/key.js";
import { generateToken, newKeyId, parseToken, sameDigest, tokenStart } from "../../server/secrets/token.js";

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const secrets = { current: "the secret that signs now, 32 bytes", retired: [] };
const kind = fc.constantFrom<KeyKind>("game", "service", "admin");
/** `generateToken` draws its own random secret, so every sample is a different token. */
const made = kind.map((each) => {
	const keyId = newKeyId();
	return { kind: each, keyId, ...generateToken(each, keyId, secrets) };
});

describe("a token", () => {
	it("is parsed back to its key, with the digest that is stored", () => {
		fc.assert(
			fc.property(made, ({ kind, keyId, token, digest }) => {
				expect(parseToken(token, secrets)).toEqual({ kind, keyId, digest });
				expect(token.startsWith(tokenStart(kind, keyId))).toBe(true);
				expect(token).toMatch(/^plk_(game|svc|adm)_[0-9A-Za-z]{50}$/);
			}),
		);
	});

	it("is rejected with any character changed", () => {
		fc.assert(
			fc.property(
				made,
				fc.nat(),
				fc.constantFrom(...base62, "_", "-", " ", "é", "\0"),
				({ token }, at, to) => {
					const place = at % token.length;
					fc.pre(token[place] !== to);
					const changed = token.slice(0, place) + to + token.slice(place + 1);
					expect(parseToken(changed, secrets)).toBeUndefined();
				},
			),
			{ numRuns: 2_000 },
		);
	});

	it("is rejected truncated, extended, with parts swapped, or in another case", () => {
		fc.assert(
			fc.property(made, made, fc.nat(), fc.string({ minLength: 1 }), (one, other, cut, more) => {
				const { token } = one;
				const at = cut % token.length;
				const wrong = [
					token.slice(0, at),
					token.slice(at + 1),
					token + more,
					more + token,
					token.slice(0, -6) + other.token.slice(-6),
					other.token.slice(0, 30) + token.slice(30),
					token.toLowerCase(),
					token.toUpperCase(),
					token.replace("plk_game_", "plk_svc_"),
				].filter((each) => each !== token && each !== other.token);
				for (const each of wrong) expect(parseToken(each, secrets)).toBeUndefined();
			}),
		);
	});

	it("is rejected when it is any other text", () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" })), (text) => {
				expect(parseToken(text, secrets)).toBeUndefined();
			}),
		);
	});

	it("of a retired secret is still parsed, with the digest under that secret", () => {
		const later = { current: "the secret after a change, 32 bytes", retired: [secrets.current] };
		fc.assert(
			fc.property(made, ({ kind, keyId, token, digest }) => {
				expect(parseToken(token, later)).toEqual({ kind, keyId, digest });
				expect(parseToken(token, { ...later, retired: [] })).toBeUndefined();
				const { token: newer } = generateToken(kind, keyId, later);
				expect(parseToken(newer, secrets)).toBeUndefined();
			}),
		);
	});

	it("has a digest that differs from every other token's", () => {
		fc.assert(
			fc.property(made, made, (one, other) => {
				expect(sameDigest(one.digest, Buffer.from(one.digest))).toBe(true);
				expect(sameDigest(one.digest, other.digest)).toBe(false);
				expect(sameDigest(one.digest, one.digest.subarray(1))).toBe(false);
				expect(one.digest).toHaveLength(32);
			}),
		);
	});
});
