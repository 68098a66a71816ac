import { join } from "node:path";
import { asCalled, commandName } from "../../server/boot/commandName.js";

const folder = join("/srv", "placelock");

describe("the name of the command line", () => {
	it.each([
		["npx", "/root/.npm/_npx/25384ee8d5c645af/node_modules/.bin/placelock", "npx placelock"],
		["npm start", join(folder, "scripts", "start.mjs"), "npx placelock"],
		["a test", join(folder, "node_modules", "jest", "bin", "jest.js"), "npx placelock"],
		[
			"the script itself",
			join(folder, "scripts", "placelock.mjs"),
			`node ${join("scripts", "placelock.mjs")}`,
		],
		[
			"the built command line",
			join(folder, "dist", "server", "cli", "main.js"),
			"node dist/server/cli/main.js",
		],
		["the built server", join(folder, "dist", "server", "main.js"), "node dist/server/cli/main.js"],
		["another folder", "/opt/placelock/dist/server/main.js", "node /opt/placelock/dist/server/cli/main.js"],
		[
			"a folder with a space",
			"/my games/dist/server/cli/main.js",
			'node "/my games/dist/server/cli/main.js"',
		],
	])("is what was called: %s", (_how, program, expected) => {
		expect(commandName(program, folder)).toBe(expected);
	});

	it("replaces the name in front of a command, and nowhere else", () => {
		const text =
			"Run placelock doctor, or PORT=1 placelock key list. More: placelock --help. The placelock server and placelock: stay.";
		expect(asCalled(text, ["doctor", "key"], "npx placelock")).toBe(
			"Run npx placelock doctor, or PORT=1 npx placelock key list. More: npx placelock --help. The placelock server and placelock: stay.",
		);
	});
});
