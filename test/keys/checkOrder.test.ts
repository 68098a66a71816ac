import type { NewKey } from "../../server/keys/issueKey.js";
import { FakeClock } from "../support/clock.js";
import type { Fixture } from "../support/seed.js";
import { useServer } from "../support/useServer.js";

const day = 86_400_000;

/** The call that is made: a verification, or a backend's question about the token when a scope matters. */
interface Asked {
	readonly placeId?: string;
	readonly scope?: string;
	/** A game key calls what service keys call. */
	readonly foreignCall?: true;
}

/** One thing that is wrong with a call, and nothing else. */
interface Wrong {
	readonly idleDays?: number;
	readonly key?: Partial<NewKey>;
	readonly spoil?: (home: Fixture) => Promise<unknown>;
	readonly asked?: Asked;
}

/** The checks of a call come in one order, so that its answer tells of the first thing that has to be mended. */
describe("of two things that are wrong at once", () => {
	const clock = new FakeClock();
	const server = useServer({ clock });
	let admin: string;
	beforeAll(async () => {
		admin = await server.adminToken();
	});

	const manage = async (method: string, path: string, body?: unknown) => {
		const { status } = await server.call(method, path, { token: admin, body });
		expect(status).toBe(200);
	};
	const useOnce = async ({ token, place }: Fixture) => {
		await server.verify(token, place.id);
	};

	const wrongs = {
		key_revoked: { spoil: ({ key }) => manage("POST", `/v1/keys/${key.id}/revoke`) },
		key_disabled: { spoil: ({ key }) => manage("POST", `/v1/keys/${key.id}/disable`) },
		key_expired: {
			spoil: ({ key }) => {
				const expiresAt = new Date(clock.now() + 1).toISOString();
				return manage("PATCH", `/v1/keys/${key.id}`, { expiresAt }).then(() => clock.advance(1));
			},
		},
		token_rotated: {
			spoil: ({ key }) => manage("POST", `/v1/keys/${key.id}/rotate`, { overlapSeconds: 0 }),
		},
		key_idle: { idleDays: 2, spoil: async () => clock.advance(2 * day) },
		workspace_suspended: {
			spoil: ({ workspace }) => manage("PATCH", `/v1/workspaces/${workspace.id}`, { status: "suspended" }),
		},
		ip_not_allowed: { key: { allowedIps: ["203.0.113.0/24"] } },
		kind_not_allowed: { key: { kind: "service" } },
		"kind_not_allowed (a game key)": { asked: { foreignCall: true } },
		place_missing: { asked: { placeId: undefined } },
		place_not_allowed: { asked: { placeId: "1" } },
		"place_not_allowed (narrowed)": { key: { placeIds: ["1"] } },
		place_inactive: {
			spoil: ({ workspace, place }) =>
				manage("PATCH", `/v1/workspaces/${workspace.id}/places/${place.id}`, { status: "inactive" }),
		},
		scope_missing: { asked: { scope: "bans.write" } },
		rate_limited: { key: { rateLimit: { limit: 1, windowSeconds: 60 } }, spoil: useOnce },
		quota_exceeded: { key: { quota: { limit: 1, period: "day" } }, spoil: useOnce },
	} satisfies Record<string, Wrong>;
	type Name = keyof typeof wrongs;

	async function codeOf(...names: Name[]): Promise<string> {
		const all: Wrong[] = names.map((name) => wrongs[name]);
		const { idleDays } = Object.assign({}, ...all);
		const home = await server.fixture({
			workspace: { idleDays },
			key: Object.assign({}, ...all.map(({ key }) => key)),
		});
		for (const { spoil } of all.reverse()) await spoil?.(home);
		const asked: Asked = Object.assign({ placeId: home.place.id }, ...all.map((each) => each.asked));
		return (await recordFor(home, asked)) ?? "ok";
	}

	async function recordFor({ workspace, token }: Fixture, { placeId, scope, foreignCall }: Asked) {
		if (scope === undefined && foreignCall === undefined) {
			const { body } = await server.call("POST", "/v1/verify", { token, robloxId: placeId, body: {} });
			return body.code;
		}
		const backend = await server.key(workspace.id, { kind: "service", scopes: ["keys.introspect"] });
		const caller = foreignCall ? token : backend.token;
		const { body } = await server.call("POST", "/v1/keys/introspect", {
			token: caller,
			robloxId: foreignCall && placeId,
			body: { token, placeId, scope },
		});
		return body.code;
	}

	it.each<[Name, Name]>([
		["key_revoked", "workspace_suspended"],
		["key_disabled", "workspace_suspended"],
		["key_expired", "workspace_suspended"],
		["token_rotated", "workspace_suspended"],
		["key_idle", "workspace_suspended"],
		["workspace_suspended", "ip_not_allowed"],
		["ip_not_allowed", "kind_not_allowed"],
		["ip_not_allowed", "kind_not_allowed (a game key)"],
		["kind_not_allowed", "place_missing"],
		["kind_not_allowed", "place_not_allowed"],
		["kind_not_allowed (a game key)", "place_missing"],
		["kind_not_allowed (a game key)", "place_inactive"],
		["place_missing", "scope_missing"],
		["place_not_allowed", "scope_missing"],
		["place_not_allowed (narrowed)", "scope_missing"],
		["place_inactive", "scope_missing"],
		["scope_missing", "rate_limited"],
		["rate_limited", "quota_exceeded"],
	])("%s is told before %s", async (earlier, later) => {
		const code = (name: Name) => name.replace(/ .*/, "");
		expect(await codeOf(earlier)).toBe(code(earlier));
		expect(await codeOf(later)).toBe(code(later));
		expect(await codeOf(earlier, later)).toBe(code(earlier));
	});
});
