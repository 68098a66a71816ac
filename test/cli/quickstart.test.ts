import { type ListeningProcess, startProcess } from "../support/process.js";
import { waitFor } from "../support/waitFor.js";
import { type Workbench, workbench } from "./placelock.js";

let bench: Workbench;
beforeEach(() => {
	bench = workbench();
});
afterEach(() => bench.remove());

const asJson = async (...args: string[]) => {
	const { code, stdout, stderr } = await bench.placelock(["quickstart", ...args, "--json"]);
	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	return JSON.parse(stdout);
};

describe("placelock quickstart --json", () => {
	it("prints only the IDs and the token, on one line", async () => {
		const { stdout } = await bench.placelock(["quickstart", "--place", "123456", "--json"]);
		expect(stdout).toMatch(
			/^\{"workspaceId":"ws_\w{12}","placeId":"123456","keyId":"\w{12}","token":"plk_game_\w{50}"\}\n$/,
		);
	});

	it.each([
		["https://www.roblox.com/games/123456/My-Game", "123456"],
		["https://www.roblox.com/de/games/123456", "123456"],
		["roblox.com/games/123456/x?privateServerLinkCode=99", "123456"],
		["https://www.roblox.com/games/start?placeId=123456", "123456"],
		["https://create.roblox.com/dashboard/creations/experiences/77/places/123456/configure", "123456"],
		[" 9223372036854775807 ", "9223372036854775807"],
	])("takes %s for the place", async (place, placeId) => {
		expect(await asJson("--place", place)).toMatchObject({ placeId });
	});

	it("creates another workspace on every run", async () => {
		const [first, second] = [await asJson("--place", "1"), await asJson("--place", "1")];
		expect(first.workspaceId).not.toBe(second.workspaceId);
	});
});

describe("placelock quickstart, for people", () => {
	it("shows the token, the steps and a script for the server's public address, without colours in a pipe", async () => {
		const { code, stdout, stderr } = await bench.placelock(["quickstart", "--place", "123456"], {
			PUBLIC_URL: "https://keys.example.com/lock/",
		});
		expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
		const token = /plk_game_\w{50}/.exec(stdout)?.[0];
		expect(stdout).toContain(`\turl = "https://keys.example.com/lock",\n\tkey = "${token}",\n`);
		expect(stdout).toContain("local result = placelock:verify()");
		expect(stdout).toContain("Allow HTTP Requests");
		expect(stdout).toContain(`\nData: ${bench.folder} (embedded database)\n`);
		expect(stdout).not.toContain("from this computer");
		expect(stdout).not.toContain("\u001b");
	});

	it("warns that live game servers cannot reach a loopback address", async () => {
		const { stdout } = await bench.placelock(["quickstart", "--place", "1"], {
			HOST: "0.0.0.0",
			PORT: "9000",
		});
		expect(stdout).toContain('url = "http://127.0.0.1:9000"');
		expect(stdout).toContain("PUBLIC_URL");
	});
});

describe("beside a running server", () => {
	let server: ListeningProcess;
	beforeEach(async () => {
		server = await startProcess({}, bench.folder);
	});
	afterEach(() => server.kill());

	it("creates a key that works immediately in its place and nowhere else", async () => {
		const { token, keyId, workspaceId } = await asJson("--place", "123456", "--name", "Obby");
		const verified = await waitFor(
			"the new key to be known",
			async () => {
				const answer = await server.verify(token, "123456");
				return answer.status === 200 && answer;
			},
			1_000,
		);
		expect(verified.body).toMatchObject({
			workspace: { id: workspaceId, name: "Obby" },
			key: { id: keyId, scopes: [] },
			place: { id: "123456", proof: "header" },
		});
		expect((await server.verify(token, "654321")).body.code).toBe("place_not_allowed");
	});
});
