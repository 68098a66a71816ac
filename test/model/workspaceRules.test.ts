import { workspaceDeletionObstacle } from "../../server/model/workspaceRules.js";

it("a workspace with a key in use is not deleted", () => {
	expect(workspaceDeletionObstacle(undefined)).toBe("missing");
	expect(workspaceDeletionObstacle(1)).toBe("has_keys");
	expect(workspaceDeletionObstacle(0)).toBeUndefined();
});
