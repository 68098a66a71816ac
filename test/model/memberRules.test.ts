import { joinObstacle, memberChangeObstacle, roleAfterJoining } from "../../server/model/memberRules.js";
import { limits } from "../../shared/limits.js";
import { member } from "../storage/people.js";

describe("joining a workspace", () => {
	const existing = member("ws_1", "acc_1");
	const full = limits.membersPerWorkspace;

	it.each([
		["the link is used", { linkUsed: true, accountExists: false }, "link_used"],
		["the account is gone", { accountExists: false }, "workspace_missing"],
		["the workspace is gone", { members: undefined }, "workspace_missing"],
		["the workspace is full", { members: full }, "limit_reached"],
		["the workspace is full, for a member", { members: full, existing }, undefined],
		["one slot is left", { members: full - 1 }, undefined],
	])("when %s", (_title, changed, outcome) => {
		const facts = { linkUsed: false, accountExists: true, existing: undefined, members: 1 };
		expect(joinObstacle({ ...facts, ...changed })).toBe(outcome);
	});

	it("never lowers a member's role", () => {
		expect(roleAfterJoining("viewer", "admin")).toBe("admin");
		expect(roleAfterJoining("admin", "owner")).toBe("owner");
		expect(roleAfterJoining("owner", "viewer")).toBe("owner");
		expect(roleAfterJoining("admin", "admin")).toBe("admin");
	});
});

it("a workspace keeps its last owner, as owner", () => {
	const owner = member("ws_1", "acc_1", { role: "owner" });
	expect(memberChangeObstacle(owner, false, "admin")).toBe("last_owner");
	expect(memberChangeObstacle(owner, false)).toBe("last_owner");
	expect(memberChangeObstacle(owner, false, "owner")).toBeUndefined();
	expect(memberChangeObstacle(owner, true)).toBeUndefined();
	expect(memberChangeObstacle({ ...owner, role: "admin" }, false)).toBeUndefined();
});
