import { ResponseCipher } from "../../server/secrets/responseCipher.js";

const [first, second] = ["the first secret of a server, 32 bytes", "the second secret of a server, 32 bytes"];
const encrypt = new ResponseCipher({ current: first, retired: [] });
const text = '{"token":"plk_game_secret","name":"日本"}';

describe("an encrypted response", () => {
	it("is decrypted on every instance that has the secret, also as a retired one", () => {
		const sealed = encrypt.encrypt("id", text);
		expect(new ResponseCipher({ current: first, retired: [] }).decrypt("id", sealed)).toBe(text);
		expect(new ResponseCipher({ current: second, retired: [first] }).decrypt("id", sealed)).toBe(text);
		expect(new ResponseCipher({ current: second, retired: [] }).decrypt("id", sealed)).toBeUndefined();
	});

	it("does not show its content, and is different every time", () => {
		const sealed = [encrypt.encrypt("id", text), encrypt.encrypt("id", text)].map((one) =>
			one.toString("latin1"),
		);
		expect(sealed[0]).not.toBe(sealed[1]);
		expect(sealed.join("")).not.toContain("plk_game");
	});

	it("is not decrypted for another ID, or when a single byte is changed or missing", () => {
		const sealed = encrypt.encrypt("id", text);
		expect(encrypt.decrypt("other", sealed)).toBeUndefined();
		for (const at of [0, 11, 12, 27, 28, sealed.length - 1]) {
			const changed = Buffer.from(sealed);
			changed[at] = (changed[at] ?? 0) ^ 1;
			expect(encrypt.decrypt("id", changed)).toBeUndefined();
		}
		for (const length of [0, 5, 12, 27, sealed.length - 1]) {
			expect(encrypt.decrypt("id", sealed.subarray(0, length))).toBeUndefined();
		}
	});
});
