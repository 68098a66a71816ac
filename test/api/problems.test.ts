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
		return /\b(throw|reject\()\s*(new Problem\b|invalid\(\s*(\.\.\.|\{))/.test(text);
	});
	expect(throwing).toEqual([]);
});
