import { type ListeningProcess, startProcess } from "../support/process.js";
import { waitFor } from "../support/waitFor.js";
import { type Workbench, workbench } from "./placelock.js";

let bench: Workbench;
let server: ListeningProcess;
let workspaceId: string;
let keyId: string;
let adminToken: string;

beforeAll(async () => {
	bench = workbench();
	server = await startProcess({}, bench.folder);
	const [made] = await bench.json(["quickstart", "--place", "123456", "--name", "Obby Studio"]);
	({ workspaceId, keyId } = made);
	const [admin] = await bench.json(["admin-key", "create"]);
	adminToken = admin.token;
	for (const place of ["123456", "7", "7"]) await server.verify(made.token, place);
	await bench.done(["place", "deactivate", workspaceId, "123456"]);
	const inactive = async () => (await server.verify(made.token, "123456")).body.code === "place_inactive";
	await waitFor("the place to be inactive", inactive, 2_000);
	// Counts and denials are written every 5 seconds.
	const written = async () => (await listDenials()).length === 2 && (await usage()).total.denied >= 3;
	await waitFor("what was counted", written, 15_000);
}, 60_000);
afterAll(async () => {
	await server.kill();
	bench.remove();
});

const listDenials = (...more: string[]) => bench.json(["denials", "obby studio", ...more]);
const usage = async (...more: string[]) => (await bench.json(["usage", "obby studio", ...more]))[0];
const api = async (path: string) =>
	(await server.call("GET", `/v1/workspaces/${workspaceId}${path}`, { token: adminToken })).body;

describe("placelock denials", () => {
	it("lists what the API lists, each with a fix", async () => {
		const listed = await listDenials();
		expect(listed.map(({ fix, ...refusal }) => refusal)).toEqual((await api("/denials")).data);
		expect(listed).toMatchObject([
			{ code: "place_inactive", fix: expect.stringContaining("status to active") },
			{
				code: "place_not_allowed",
				placeId: "7",
				keyId,
				count: 2,
				fix: expect.stringMatching(/^Add the place/),
			},
		]);
	});

	it("filters by code, limits the count, and prints cells in a pipe", async () => {
		expect(await listDenials("--limit", "1")).toHaveLength(1);
		expect(await listDenials("--code", "key_revoked")).toEqual([]);
		const stdout = await bench.done(["denials", workspaceId, "--code", "place_not_allowed"]);
		const [last, ...cells] = stdout.trimEnd().split("\t");
		expect(last).toMatch(/^20\d\d-/);
		expect(cells).toEqual([
			...["2", "place_not_allowed", keyId, "Game servers", "7", "127.0.0.1"],
			expect.stringMatching(/^Add the place to the workspace/),
		]);
	});

	it("reports every problem together", async () => {
		const { code, stderr } = await bench.placelock([
			"denials",
			"x",
			"--code",
			"lost",
			"--limit",
			"0",
			"--json",
		]);
		expect(code).toBe(64);
		const { problems } = JSON.parse(stderr).error;
		expect(problems.map(({ option }: { option: string }) => option)).toEqual(["--code", "--limit"]);
	});
});

describe("placelock usage", () => {
	it("returns what the API returns, for the requested days", async () => {
		expect(await usage()).toEqual(await api("/usage"));
		const one = await usage("--days", "1");
		expect(Date.parse(one.to) - Date.parse(one.from)).toBe(86_400_000);
		expect(one).toMatchObject({ bucket: "day", total: { denied: 3 }, keys: [{ keyId, denied: 3 }] });
		const { code, stderr } = await bench.placelock(["usage", "obby studio", "--days", "91"]);
		expect([code, stderr]).toEqual([
			64,
			expect.stringContaining("--days must be a whole number from 1 to 90"),
		]);
	});

	it("prints a line of cells for each key in a pipe, with its name", async () => {
		const { total } = await usage();
		expect(await bench.done(["usage", "obby studio"])).toBe(
			`${keyId}\tGame servers\t${total.verified}\t${total.denied}\n`,
		);
	});
});
