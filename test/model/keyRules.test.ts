import {
	isInUse,
	keyChangeObstacle,
	keyCreationObstacle,
	keyDeletionObstacle,
} from "../../server/model/keyRules.js";
import { key, someTime } from "../storage/samples.js";

describe("creating a key", () => {
	it.each([
		["its owner does not exist", { remaining: undefined, nameTaken: true }, "workspace_missing"],
		["its name is taken and the owner is full", { remaining: 0, nameTaken: true }, "name_taken"],
		["the owner is full", { remaining: 0, nameTaken: false }, "limit_reached"],
		["the owner is over a lowered limit", { remaining: -1, nameTaken: false }, "limit_reached"],
		["one slot is left", { remaining: 1, nameTaken: false }, undefined],
	])("when %s", (_title, facts, outcome) => {
		expect(keyCreationObstacle(facts)).toBe(outcome);
	});
});

describe("changing a key", () => {
	const record = key("ws_1");
	const other = key("ws_1").digest;

	it("needs the token that the caller saw, when it names one", () => {
		expect(keyChangeObstacle(record, undefined)).toBeUndefined();
		expect(keyChangeObstacle(record, Buffer.from(record.digest))).toBeUndefined();
		expect(keyChangeObstacle(record, other)).toBe("outdated");
	});

	it("is impossible once the key is revoked, whatever the token", () => {
		const revoked = { ...record, revokedAt: someTime };
		expect(keyChangeObstacle(revoked, undefined)).toBe("revoked");
		expect(keyChangeObstacle(revoked, other)).toBe("revoked");
	});
});

it("a key is in use, and cannot be deleted, until it is revoked", () => {
	const [live, disabled] = [key("ws_1"), key("ws_1", { disabledAt: someTime, expiresAt: 1 })];
	const revoked = key("ws_1", { revokedAt: someTime });
	expect([live, disabled, revoked].map(isInUse)).toEqual([true, true, false]);
	expect([live, disabled, revoked].map(keyDeletionObstacle)).toEqual([
		"not_revoked",
		"not_revoked",
		undefined,
	]);
});
