import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../support/projectRoot.js";

const server = join(projectRoot, "server");
const files = readdirSync(server, { recursive: true, encoding: "utf8" }).filter((file) =>
	file.endsWith(".ts"),
);

it("are returned and never thrown", () => {
	expect(files.length).toBeGreaterThan(200);
	const throwing = files.filter((file) => {
		const text = readFileSync(join(server, file), "utf8");
		// Backups and restores have an `invalid` of their own, which is an Error.
		const problem = file.startsWith("storage") ? "new Problem" : "(new Problem|invalid)";
		return new RegExp(`\\b(throw|reject\\()\\s*${problem}\\b`).test(text);
	});
	expect(throwing).toEqual([]);
});
