import { endsEarlierLinks, linkCreationObstacle } from "../../server/model/oneTimeLinkRules.js";
import { limits } from "../../shared/limits.js";

it("a setup link exists only while nobody can sign in", () => {
	expect(linkCreationObstacle({ purpose: "setup", anyoneCanSignIn: false })).toBeUndefined();
	expect(linkCreationObstacle({ purpose: "setup", anyoneCanSignIn: true })).toBe("not_first");
});

it("a reset link needs its account", () => {
	expect(linkCreationObstacle({ purpose: "reset", accountExists: true })).toBeUndefined();
	expect(linkCreationObstacle({ purpose: "reset", accountExists: false })).toBe("account_missing");
});

it("an invitation needs its workspace, which has a limit of valid ones", () => {
	const outcome = (open: number | undefined) => linkCreationObstacle({ purpose: "invitation", open });
	expect(outcome(undefined)).toBe("workspace_missing");
	expect(outcome(limits.invitationsPerWorkspace - 1)).toBeUndefined();
	expect(outcome(limits.invitationsPerWorkspace)).toBe("limit_reached");
});

it("of setup and reset links only the newest is valid, of invitations all are", () => {
	const purposes = ["setup", "reset", "invitation"] as const;
	expect(purposes.map((purpose) => endsEarlierLinks({ purpose }))).toEqual([true, true, false]);
});
