import { createHash } from "node:crypto";
import fc from "fast-check";
import { digestToBase62, isBase62, randomBase62 } from "../../server/primitives/base62.js";

describe("random base62", () => {
	it("has the requested length, whatever the bytes, and draws more when some are not fair", () => {
		fc.assert(
			fc.property(fc.nat({ max: 80 }), fc.uint8Array({ minLength: 1, maxLength: 50 }), (length, bytes) => {
				fc.pre(bytes.some((byte) => byte < 248));
				let at = 0;
				const random = (size: number) =>
					Uint8Array.from({ length: size }, () => bytes[at++ % bytes.length] ?? 0);
				const text = randomBase62(length, random);
				expect(text).toHaveLength(length);
				expect(isBase62(text)).toBe(true);
			}),
		);
	});

	it("maps exactly four of the accepted bytes to each digit, so that all are equally likely", () => {
		const counts = new Map<string, number>();
		for (let byte = 0; byte < 256; byte++) {
			// A byte that is not fair is followed by a fair one, and results in that one's digit.
			const drawn: number[] = [];
			const random = () => {
				drawn.push(drawn.length === 0 ? byte : 0);
				return Uint8Array.of(drawn.at(-1) ?? 0);
			};
			const digit = randomBase62(1, random);
			if (drawn.length === 1) counts.set(digit, (counts.get(digit) ?? 0) + 1);
		}
		expect(counts.size).toBe(62);
		expect(new Set(counts.values())).toEqual(new Set([4]));
	});
});

describe("a digest in base62", () => {
	it("depends on every byte of the digest", () => {
		const digest = createHash("sha256").update("digest").digest();
		const text = digestToBase62(digest, 6);
		for (let at = 0; at < digest.length; at++) {
			const other = Buffer.from(digest);
			other[at] = (other[at] ?? 0) ^ 1;
			expect(digestToBase62(other, 6)).not.toBe(text);
		}
	});

	it("uses every digit about as often as any other", () => {
		const counts = new Map<string, number>();
		const digests = 4_000;
		for (let i = 0; i < digests; i++) {
			for (const digit of digestToBase62(createHash("sha256").update(String(i)).digest(), 6)) {
				counts.set(digit, (counts.get(digit) ?? 0) + 1);
			}
		}
		const expected = (digests * 6) / 62;
		let deviation = 0;
		for (const count of counts.values()) deviation += (count - expected) ** 2 / expected;
		expect(counts.size).toBe(62);
		// Chi squared with 61 degrees of freedom. The digests are always the same, so this test is stable.
		expect(deviation).toBeLessThan(100);
	});
});
