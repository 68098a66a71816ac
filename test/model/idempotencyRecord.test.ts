import { isDuplicate } from "../../server/model/idempotencyRecord.js";

it("a request is a duplicate until the stored response expires", () => {
	expect(isDuplicate(undefined, { at: 5 })).toBe(false);
	expect(isDuplicate({ expiresAt: 6 }, { at: 5 })).toBe(true);
	expect(isDuplicate({ expiresAt: 5 }, { at: 5 })).toBe(false);
});
