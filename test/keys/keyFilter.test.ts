import { FakeClock } from "../support/clock.js";
import { useServer } from "../support/useServer.js";

const day = 86_400_000;

describe("a workspace's keys, filtered", () => {
	const clock = new FakeClock();
	const server = useServer({ clock });
	let admin: string;
	let path: string;
	let ids: Record<string, string>;

	const list = (query: string) => server.call("GET", `${path}?${query}`, { token: admin });
	const names = async (query: string): Promise<string[]> =>
		(await list(query)).body.data.map((key: { name: string }) => key.name).sort();

	beforeAll(async () => {
		admin = await server.adminToken();
		const { id } = await server.workspace({ idleDays: 10 });
		path = `/v1/workspaces/${id}/keys`;
		ids = {};
		const make = async (name: string, more: object = {}) => {
			ids[name] = (await server.key(id, { name, ...more })).key.id;
		};
		await make("Forgotten");
		clock.advance(11 * day);
		await make("Live games");
		await make("Backend", { kind: "service" });
		await make("Trial game", { expiresAt: clock.now() + 1 });
		await make("Paused");
		await make("Leaked");
		clock.advance(1);
		for (const [name, action] of [
			["Paused", "disable"],
			["Leaked", "revoke"],
		]) {
			await server.call("POST", `/v1/keys/${ids[name ?? ""]}/${action}`, { token: admin });
		}
	});

	it.each([
		["kind=service", ["Backend"]],
		["status=active", ["Backend", "Forgotten", "Live games"]],
		["status=disabled", ["Paused"]],
		["status=expired", ["Trial game"]],
		["status=revoked", ["Leaked"]],
		["search=GAME", ["Live games", "Trial game"]],
		["search=game&status=active", ["Live games"]],
		["search=game&status=active&kind=service", []],
		["search=nowhere", []],
		["search=plk_svc", ["Backend"]],
		["search=plk_&status=revoked", ["Leaked"]],
	])("by %s are exactly those", async (query, expected) => {
		expect(await names(query)).toEqual(expected);
	});

	it("are found by their ID, and by the start of their token as lists show it", async () => {
		const id = ids["Live games"] ?? "";
		for (const start of [id, id.slice(0, 8), `plk_game_${id}`, `plk_game_${id.slice(0, 8)}`]) {
			expect(await names(`search=${start}`)).toEqual(["Live games"]);
		}
		expect(await names(`search=plk_svc_${id}`)).toEqual([]);
	});

	it("include an idle key among the active ones, and by its own status", async () => {
		const { body } = await list("status=active&search=forgotten");
		expect(body.data).toMatchObject([{ name: "Forgotten", status: "idle" }]);
	});

	it("are paged under the filter", async () => {
		const { body: first } = await list("status=active&limit=2");
		expect(first.data).toHaveLength(2);
		const { body: second } = await list(`status=active&limit=2&cursor=${first.nextCursor}`);
		expect(second.data).toMatchObject([{ name: "Forgotten" }]);
		expect(second).not.toHaveProperty("nextCursor");
	});

	it.each([
		["kind=admin", "kind"],
		["status=idle", "status"],
		["status=", "status"],
		["search=", "search"],
		[`search=${"x".repeat(101)}`, "search"],
		["search=a&search=b", "search"],
	])("reject ?%s", async (query, field) => {
		const { body } = await list(query);
		expect(body).toMatchObject({ code: "validation_failed", errors: [{ path: field }] });
	});

	it("are not searched by a token's secret, which is not repeated", async () => {
		const { token } = await server.key((await server.workspace()).id);
		const response = await list(`search=${token}`);
		expect(response.body).toMatchObject({ code: "validation_failed", errors: [{ path: "search" }] });
		expect(response.text + JSON.stringify(server.logs)).not.toContain(token.slice(-30));
	});
});
