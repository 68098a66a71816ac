import { type ListeningProcess, startProcess } from "../support/process.js";
import { waitFor } from "../support/waitFor.js";
import { type Workbench, workbench } from "./placelock.js";

let bench: Workbench;
let server: ListeningProcess;
let workspaceId: string;
beforeEach(async () => {
	bench = workbench();
	server = await startProcess({}, bench.folder);
	const [made] = await bench.json(["workspace", "create", "Obby Studio"]);
	workspaceId = made.id;
});
afterEach(async () => {
	await server.kill();
	bench.remove();
});

const one = async (...args: string[]) => (await bench.json(args))[0];
const refused = async (...args: string[]) => {
	const { code, stdout, stderr } = await bench.placelock([...args, "--json"]);
	expect(stdout).toBe("");
	return { exit: code, ...JSON.parse(stderr).error };
};
/** Waits for the second that a running server may need to learn of a change. */
const answers = (token: string, place: string, wanted: string) =>
	waitFor(
		`${place} to be ${wanted}`,
		async () => {
			const { status, body } = await server.verify(token, place);
			return (status === 200 ? "verified" : body.code) === wanted;
		},
		1_000,
	);

it("manages the allowed places, and a running server learns of it", async () => {
	const added = await one("place", "add", "Obby Studio", "roblox.com/games/123456/x", "--name", "Lobby");
	expect(added).toMatchObject({ id: "123456", name: "Lobby", status: "active" });
	const { token } = await one("key", "create", "Obby Studio", "--name", "Game servers");
	await answers(token, "123456", "verified");

	expect(await one("place", "deactivate", workspaceId, "123456")).toMatchObject({ status: "inactive" });
	await answers(token, "123456", "place_inactive");
	// Adding it again activates it and keeps its name.
	expect(await one("place", "add", workspaceId, "123456")).toMatchObject({ name: "Lobby", status: "active" });
	await answers(token, "123456", "verified");
	await one("place", "deactivate", workspaceId, "123456");
	expect(await one("place", "activate", workspaceId, "123456")).toMatchObject({ status: "active" });

	await one("place", "add", workspaceId, "7");
	const listed = await bench.json(["place", "list", workspaceId]);
	expect(listed.map(({ id }) => id)).toEqual(["7", "123456"]);

	expect(await refused("place", "remove", workspaceId, "123456")).toMatchObject({ exit: 64 });
	expect(await one("place", "remove", workspaceId, "123456", "--yes")).toEqual({
		workspaceId,
		placeId: "123456",
		removed: true,
	});
	await answers(token, "123456", "place_not_allowed");
	expect(await refused("place", "activate", workspaceId, "123456")).toMatchObject({
		exit: 1,
		code: "not_found",
		message: `Workspace ${workspaceId} has no place 123456.`,
	});
	expect((await refused("place", "add", workspaceId, "Lobby")).problems).toEqual([
		{ option: "<place>", message: expect.stringContaining("must be a Roblox ID") },
	]);
});

it("manages a key from creation to deletion, and a running server learns of it", async () => {
	await one("place", "add", workspaceId, "123456");
	const made = await one(
		...["key", "create", "Obby Studio", "--name", "Event", "--description", "For the weekend"],
		...[
			"--scopes",
			"bans.read, shop.write",
			"--place-ids",
			"roblox.com/games/123456/x",
			"--expires-days",
			"3",
		],
		...["--rate-limit", "100/60", "--quota", "1000/month", "--allowed-ips", "127.0.0.0/8"],
	);
	expect(made).toMatchObject({
		kind: "game",
		status: "active",
		scopes: ["bans.read", "shop.write"],
		placeIds: ["123456"],
		allowedIps: ["127.0.0.0/8"],
		rateLimit: { limit: 100, windowSeconds: 60 },
		quota: { limit: 1000, period: "month" },
		token: expect.stringMatching(/^plk_game_/),
	});
	await answers(made.token, "123456", "verified");
	const { token, ...record } = made;
	expect(await one("key", "show", made.tokenStart)).toMatchObject({
		...record,
		updatedAt: expect.any(String),
	});

	const changed = await one(
		...["key", "change", made.id, "--name", "Weekend", "--description", "", "--scopes", "none"],
		...["--expires-at", "none", "--rate-limit", "none", "--quota", "none"],
	);
	expect(changed).toMatchObject({ name: "Weekend", scopes: [], placeIds: ["123456"] });
	for (const field of ["description", "expiresAt", "rateLimit", "quota"])
		expect(changed).not.toHaveProperty(field);

	expect(await one("key", "disable", made.id)).toMatchObject({ status: "disabled" });
	await answers(token, "123456", "key_disabled");
	expect(await bench.json(["key", "list", workspaceId, "--status", "disabled"])).toMatchObject([
		{ id: made.id },
	]);
	expect(await bench.json(["key", "list", workspaceId, "--status", "active"])).toEqual([]);
	expect(await one("key", "enable", made.id)).toMatchObject({ status: "active" });
	await answers(token, "123456", "verified");

	const rotated = await one("key", "rotate", made.id);
	expect(Date.parse(rotated.previousValidUntil)).toBeGreaterThan(Date.now());
	await answers(rotated.token, "123456", "verified");
	await answers(token, "123456", "verified");
	expect(await refused("key", "rotate", made.id)).toMatchObject({ exit: 1, code: "rotation_overlap" });
	expect(await refused("key", "rotate", made.id, "--overlap-seconds", "0")).toMatchObject({ exit: 64 });
	const last = await one("key", "rotate", made.id, "--overlap-seconds", "0", "--yes");
	await answers(rotated.token, "123456", "token_rotated");
	await answers(token, "123456", "key_unknown");
	await answers(last.token, "123456", "verified");

	expect(await refused("key", "delete", made.id, "--yes")).toMatchObject({
		exit: 1,
		code: "key_not_revoked",
	});
	expect(await refused("key", "revoke", made.id)).toMatchObject({ exit: 64 });
	expect(await one("key", "revoke", made.id, "--yes")).toMatchObject({ status: "revoked" });
	await answers(last.token, "123456", "key_revoked");
	expect(await one("key", "revoke", made.id)).toMatchObject({ status: "revoked" });
	expect(await refused("key", "change", made.id, "--name", "x")).toMatchObject({
		exit: 1,
		code: "key_already_revoked",
	});
	expect(await one("key", "delete", made.id, "--yes")).toEqual({ keyId: made.id, deleted: true });
	expect(await refused("key", "show", made.id)).toMatchObject({ exit: 1, code: "not_found" });
}, 60_000);

describe("problems with a key's options", () => {
	it("are all reported together, by the options as typed", async () => {
		const { exit, problems } = await refused(
			...["key", "create", workspaceId, "--name", "x", "--kind", "admin", "--scopes", "keys.frob"],
			...[
				"--place-ids",
				"Lobby",
				"--allowed-ips",
				"10.1",
				"--expires-at",
				"2020-01-01",
				"--expires-days",
				"3",
			],
			...["--rate-limit", "many", "--quota", "5/year"],
		);
		expect(exit).toBe(64);
		const options = problems.map(({ option }: { option: string }) => option);
		expect(new Set(options)).toEqual(
			new Set([
				...["--kind", "--scopes", "--place-ids", "--allowed-ips", "--expires-at", "--expires-days"],
				...["--rate-limit", "--quota"],
			]),
		);
	});

	it.each<[args: string[], options: string[]]>([
		[
			["key", "create", "x", "--kind", "admin"],
			["--kind", "--name"],
		],
		[
			["key", "change", "x", "--name", "", "--quota", "5/year"],
			["--name", "--quota", "<key>"],
		],
		[
			["key", "rotate", "x", "--overlap-seconds", "soon"],
			["--overlap-seconds", "<key>"],
		],
		[
			["admin-key", "rotate", "x", "--overlap-seconds", "soon"],
			["--overlap-seconds", "<keyId>"],
		],
		[
			["key", "list", "x", "--status", "gone", "--limit", "0"],
			["--limit", "--status"],
		],
		[
			["place", "add", "x", "notaplace", "--name", " x"],
			["--name", "<place>"],
		],
		[
			["invitation", "create", "x", "--note", ""],
			["--note", "--role"],
		],
	])("is said once each: %j", async (args, options) => {
		const { exit, problems } = await refused(...args);
		expect(exit).toBe(64);
		expect(problems.map(({ option }: { option: string }) => option).sort()).toEqual(options);
	});

	it.each(["5", "5/", "100/60/9"])("include a rate limit and a quota like %s", async (given) => {
		const options = ["--rate-limit", given, "--quota", given];
		const { exit, problems } = await refused("key", "create", workspaceId, "--name", "x", ...options);
		expect([exit, problems]).toEqual([
			64,
			[
				{ option: "--rate-limit", message: "must be requests/seconds, such as 100/60" },
				{ option: "--quota", message: "must be requests/period, such as 1000000/month" },
			],
		]);
	});

	it("include places for a service key", async () => {
		const { id } = await one("key", "create", workspaceId, "--name", "Shop", "--kind", "service");
		expect(await refused("key", "change", id, "--place-ids", "1")).toMatchObject({
			exit: 1,
			code: "validation_failed",
			message: expect.stringContaining("only game keys are limited to places"),
		});
	});

	it("include a name that is taken", async () => {
		await one("key", "create", workspaceId, "--name", "Shop");
		expect(await refused("key", "create", workspaceId, "--name", "SHOP")).toMatchObject({
			code: "name_taken",
		});
	});
});

it("neither looks up nor repeats a token pasted instead of an ID", async () => {
	const { token } = await one("key", "create", workspaceId, "--name", "Shop");
	for (const command of ["show", "rotate", "revoke", "delete", "disable"]) {
		const { code, stdout, stderr } = await bench.placelock(["key", command, token]);
		expect(code).toBe(64);
		expect(stdout + stderr).not.toContain(token);
	}
});

it("does not find admin keys, like the API", async () => {
	const { keyId } = await one("admin-key", "create");
	expect(await refused("key", "show", keyId)).toMatchObject({ exit: 1, code: "not_found" });
});
