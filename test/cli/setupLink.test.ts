import { codeOf, newCredentials } from "../support/person.js";
import { type ListeningProcess, startProcess } from "../support/process.js";
import { waitFor } from "../support/waitFor.js";
import { type Workbench, workbench } from "./placelock.js";

describe("placelock setup-link", () => {
	let bench: Workbench;
	let server: ListeningProcess;
	beforeAll(async () => {
		bench = workbench();
		server = await startProcess({}, bench.folder);
	});
	afterAll(async () => {
		await server.kill();
		bench.remove();
	});

	const setUp = (link: string) =>
		server.call("POST", "/v1/setup", { body: { code: codeOf(link), ...newCredentials() } });
	const inText = /^ {2}(http:\S+\/setup#\w{43})$/m;

	it("creates a link at PUBLIC_URL that replaces the previous one, until an account exists", async () => {
		const environment = { PUBLIC_URL: server.origin };
		const [, greeted = ""] = await waitFor("the link", () => inText.exec(server.output()) ?? undefined);
		const { stdout, code } = await bench.placelock(["setup-link"], environment);
		const [, first = ""] = inText.exec(stdout) ?? [];
		expect([code, first.startsWith(`${server.origin}/setup#`)]).toEqual([0, true]);
		const json = await bench.placelock(["setup-link", "--json"], environment);
		const { link, expiresAt } = JSON.parse(json.stdout);
		expect(json).toMatchObject({ code: 0, stderr: "" });
		const minutesLeft = (Date.parse(expiresAt) - Date.now()) / 60_000;
		expect(minutesLeft).toBeGreaterThan(29);
		expect(minutesLeft).toBeLessThanOrEqual(30);
		for (const ended of [greeted, first]) expect((await setUp(ended)).body.code).toBe("link_invalid");
		expect((await setUp(link)).status).toBe(201);
		const refused = await bench.placelock(["setup-link"], environment);
		expect(refused).toMatchObject({ code: 1, stdout: "" });
		expect(refused.stderr).toMatch(
			/An account can already sign in\. For a lost password, run: node \S+ account reset <name>/,
		);
		const inJson = await bench.placelock(["setup-link", "--json"], environment);
		expect(JSON.parse(inJson.stderr).error).toMatchObject({ code: "setup_done" });
	});
});

it("placelock setup-link names where the server would listen when there is no PUBLIC_URL", async () => {
	const bench = workbench();
	await bench.done(["migrate"]);
	const { stdout } = await bench.placelock(["setup-link", "--json"], { PORT: "8181" });
	expect(JSON.parse(stdout).link).toMatch(/^http:\/\/127\.0\.0\.1:8181\/setup#\w{43}$/);
	bench.remove();
});
