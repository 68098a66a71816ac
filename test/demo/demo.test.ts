import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { blocksOf } from "../docs/documents.js";
import { expectShown } from "../docs/shown.js";
import { projectRoot } from "../support/projectRoot.js";

/** What the output must contain, in this order. */
const story = [
	/verified, workspace "My game", place 123456/,
	/denied, place_not_allowed/,
	/still verified \(stale\)/,
	/verified, fresh/,
	/a new token/,
	/verified, rotate by/,
	/denied, key_revoked/,
	/All steps passed/,
];

describe("the demo", () => {
	it("prints the whole story as the README shows it, with the time of every line, and exits with 0", () => {
		const { status, stdout, stderr } = spawnSync(process.execPath, [join(projectRoot, "scripts/demo.mjs")], {
			encoding: "utf8",
		});
		expect(stderr).toBe("");
		const lines = stdout.split("\n").filter((line) => line !== "");
		let from = 0;
		for (const chapter of story) {
			const at = lines.findIndex((line, index) => index >= from && chapter.test(line));
			expect({ chapter, at }).not.toEqual({ chapter, at: -1 });
			from = at + 1;
		}
		for (const line of lines) expect(line).toMatch(/^ +\d+\.\d\d s /);
		expect(stdout).not.toMatch(/plk_/);
		expect(status).toBe(0);
		const [, block] = blocksOf("sh").find(([, { text }]) => text === "npm run demo") ?? [];
		expectShown(block?.shows?.text ?? "", stdout);
	}, 60_000);
});
