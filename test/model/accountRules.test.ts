import {
	accountChangeObstacle,
	accountCreationObstacle,
	accountDeletionObstacle,
	canBeginSession,
	endsResetLinks,
} from "../../server/model/accountRules.js";
import { limits } from "../../shared/limits.js";
import { account, someTime } from "../storage/samples.js";

describe("creating an account", () => {
	const facts = {
		link: { purpose: "invitation" },
		anyoneCanSignIn: true,
		nameTaken: false,
		joining: { members: 1 },
	} as const;
	const full = { members: limits.membersPerWorkspace };

	it.each([
		["the link is used", { link: undefined, nameTaken: true }, "link_used"],
		["somebody can sign in already, with a setup link", { link: { purpose: "setup" } as const }, "not_first"],
		[
			"the workspace is gone and the name taken",
			{ joining: { members: undefined }, nameTaken: true },
			"workspace_missing",
		],
		["the name is taken and the workspace full", { joining: full, nameTaken: true }, "name_taken"],
		["the workspace is full", { joining: full }, "limit_reached"],
		["there is room", {}, undefined],
	])("when %s", (_title, changed, outcome) => {
		expect(accountCreationObstacle({ ...facts, ...changed })).toBe(outcome);
	});

	it("is possible with a setup link while nobody can sign in", () => {
		const setup = { link: { purpose: "setup" }, anyoneCanSignIn: false, nameTaken: false } as const;
		expect(accountCreationObstacle(setup)).toBeUndefined();
		expect(accountCreationObstacle({ ...setup, nameTaken: true })).toBe("name_taken");
	});
});

describe("changing an account", () => {
	const operator = account({ operator: true });
	const fine = { linkUsed: false, nameTaken: false, otherOperator: true };

	it("reports a used link before a taken name before the last operator", () => {
		const after = { ...operator, operator: false };
		expect(
			accountChangeObstacle(operator, after, { linkUsed: true, nameTaken: true, otherOperator: false }),
		).toBe("link_used");
		expect(accountChangeObstacle(operator, after, { ...fine, nameTaken: true, otherOperator: false })).toBe(
			"name_taken",
		);
		expect(accountChangeObstacle(operator, after, { ...fine, otherOperator: false })).toBe("last_operator");
		expect(accountChangeObstacle(operator, after, fine)).toBeUndefined();
	});

	it.each([
		["is disabled", { disabledAt: someTime }],
		["loses its password", { passwordHash: undefined }],
		["is no longer an operator", { operator: false }],
	])("keeps the last operator who can sign in from the change when it %s", (_title, change) => {
		const after = { ...operator, ...change };
		expect(accountChangeObstacle(operator, after, { ...fine, otherOperator: false })).toBe("last_operator");
		// Somebody who could not sign in as an operator before takes nothing away.
		expect(accountChangeObstacle(after, after, { ...fine, otherOperator: false })).toBeUndefined();
	});

	it("ends reset links when the password changes, and only then", () => {
		expect(endsResetLinks(operator, { ...operator, passwordHash: "$argon2id$other" })).toBe(true);
		expect(endsResetLinks(operator, { ...operator, name: "Other" })).toBe(false);
	});
});

it("an account cannot be deleted as the last operator or a workspace's last owner", () => {
	const operator = account({ operator: true });
	expect(accountDeletionObstacle(operator, { otherOperator: false, lastOwner: true })).toBe("last_operator");
	expect(accountDeletionObstacle(operator, { otherOperator: true, lastOwner: true })).toBe("last_owner");
	expect(accountDeletionObstacle(operator, { otherOperator: true, lastOwner: false })).toBeUndefined();
	expect(accountDeletionObstacle(account(), { otherOperator: false, lastOwner: false })).toBeUndefined();
});

it("a session begins only on an enabled account with the password that was checked", () => {
	const record = account();
	expect(canBeginSession(undefined, undefined)).toBe(false);
	expect(canBeginSession({ ...record, disabledAt: someTime }, record.passwordHash)).toBe(false);
	expect(canBeginSession(record, "$argon2id$before")).toBe(false);
	expect(canBeginSession(record, record.passwordHash)).toBe(true);
	expect(canBeginSession(record, undefined)).toBe(true);
});
