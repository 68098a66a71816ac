import { tokenPrefix } from "../../server/dashboard/ui/tokenPrefix.js";
import { generateToken, newKeyId, tokenStart } from "../../server/secrets/token.js";
import { testSecrets } from "../support/seed.js";

describe("the searchable prefix of a token", () => {
	it.each(["game", "service", "admin"] as const)("is what lists show of it: %s", (kind) => {
		const id = newKeyId();
		const { token } = generateToken(kind, id, testSecrets);
		const start = tokenStart(kind, id);
		expect(tokenPrefix(token)).toBe(start);
		expect(tokenPrefix(`key = "${token}",\n`)).toBe(start);
		// A truncated token still shows more than it should.
		expect(tokenPrefix(token.slice(0, start.length + 1))).toBe(start);
	});

	it.each(["", "Live servers", "plk_game_", tokenStart("game", newKeyId())])("leaves %p as it is", (text) => {
		expect(tokenPrefix(text)).toBeUndefined();
	});
});
