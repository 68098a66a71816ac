import type { Denial } from "../../server/dashboard/pages/denials/denial.js";
import { fixFor, nextRequest, type Situation } from "../../server/dashboard/pages/denials/fix.js";
import { errors } from "../../shared/errors.js";

const at = "2026-11-21T10:00:00.000Z";
const key = {
	id: "k1",
	workspaceId: "ws_1",
	kind: "game",
	status: "active",
	name: "Game servers",
	tokenStart: "plk_game_k1",
	scopes: [],
	placeIds: [],
	allowedIps: [],
	createdAt: at,
	updatedAt: at,
} as const satisfies Situation["key"];
type Place = Situation["places"][number];
const place = (id: string, more: Partial<Place> = {}): Place => ({
	id,
	status: "active",
	createdAt: at,
	updatedAt: at,
	...more,
});

const refused = (code: string, more: Partial<Denial> = {}): Denial => ({
	id: "den_1",
	code,
	keyId: key.id,
	keyName: key.name,
	address: "198.51.100.7",
	count: 1,
	firstAt: at,
	lastAt: at,
	...more,
});

function now(
	more: {
		key?: Partial<Situation["key"]>;
		places?: readonly Place[];
		status?: Situation["workspace"]["status"];
	} = {},
): Situation {
	return {
		workspace: { status: more.status ?? "active" },
		key: { ...key, ...more.key },
		places: more.places ?? [],
	};
}

describe("the fix for a denied request", () => {
	const cases: [string, Denial, Situation, string, string[]][] = [
		[
			"a place that is not in the list",
			refused("place_not_allowed", { placeId: "5" }),
			now(),
			"Add place 5 to this workspace",
			["allow-place"],
		],
		[
			"a place that the key is not for either",
			refused("place_not_allowed", { placeId: "5" }),
			now({ key: { placeIds: ["6"] } }),
			"Add place 5 to this workspace and to the key Game servers",
			["allow-place", "add-place-to-key"],
		],
		[
			"an allowed place that the key is not for",
			refused("place_not_allowed", { placeId: "5" }),
			now({ key: { placeIds: ["6"] }, places: [place("5", { name: "Lobby" })] }),
			"Add Lobby (5) to the key Game servers",
			["add-place-to-key"],
		],
		[
			"a place that was added since, and is inactive",
			refused("place_not_allowed", { placeId: "5" }),
			now({ places: [place("5", { status: "inactive" })] }),
			"Activate place 5",
			["activate-place"],
		],
		[
			"an inactive place",
			refused("place_inactive", { placeId: "5" }),
			now({ places: [place("5", { status: "inactive", name: "Arena" })] }),
			"Activate Arena (5)",
			["activate-place"],
		],
		[
			"an address",
			refused("ip_not_allowed"),
			now({ key: { allowedIps: ["203.0.113.0/24"] } }),
			"Allow 198.51.100.7 on the key Game servers",
			["add-address-to-key"],
		],
		[
			"a scope",
			refused("scope_missing", { scope: "shop.write" }),
			now(),
			"Add the scope shop.write to the key Game servers",
			["add-scope-to-key"],
		],
		[
			"a paused key",
			refused("key_disabled"),
			now({ key: { status: "disabled" } }),
			"Enable the key Game servers",
			["enable-key"],
		],
		[
			"an expired key",
			refused("key_expired"),
			now({ key: { status: "expired" } }),
			"Extend the key Game servers by 30 days",
			["extend-key"],
		],
		[
			"a suspended workspace",
			refused("workspace_suspended"),
			now({ status: "suspended" }),
			"Resume this workspace",
			["resume-workspace"],
		],
	];

	it.each(cases)("is one button for %s", (_what, denial, situation, label, steps) => {
		const fix = fixFor(denial, situation);
		if (fix.kind !== "apply") throw new Error(`it is ${fix.kind}`);
		expect([fix.label, fix.steps.map(({ type }) => type)]).toEqual([label, steps]);
		expect(nextRequest(fix.steps, situation)).toBe("The next such request will be accepted.");
	});

	const fixed: [Denial, Situation][] = [
		[refused("place_not_allowed", { placeId: "5" }), now({ places: [place("5")] })],
		[refused("place_inactive", { placeId: "5" }), now({ places: [place("5")] })],
		[refused("ip_not_allowed"), now({ key: { allowedIps: ["198.51.100.0/24"] } })],
		[refused("ip_not_allowed"), now()],
		[refused("scope_missing", { scope: "shop.write" }), now({ key: { scopes: ["*"] } })],
		[refused("key_disabled"), now()],
		[refused("key_expired"), now()],
		[refused("key_idle"), now()],
		[refused("workspace_suspended"), now()],
	];
	it.each(fixed)("is done once the cause is gone: %j", (denial, situation) => {
		expect(fixFor(denial, situation).kind).toBe("done");
	});

	it("names what denies the request by now", () => {
		const situation = now({ key: { status: "disabled" }, places: [place("5")] });
		expect(fixFor(refused("place_not_allowed", { placeId: "5" }), situation)).toEqual({
			kind: "done",
			text: "Place 5 is allowed. But the key Game servers is disabled now.",
		});
	});

	it("never promises success while something else denies the request", () => {
		const disabled = now({ key: { status: "disabled" } });
		expect(nextRequest([{ type: "allow-place", placeId: "5" }], disabled)).toMatch(/itself is disabled/);
		const suspended = now({ status: "suspended" });
		expect(nextRequest([{ type: "allow-place", placeId: "5" }], suspended)).toMatch(/suspended/);
	});

	it("is a new key if the old one is gone", () => {
		const denial = refused("place_not_allowed", { placeId: "5" });
		expect(fixFor(denial, { ...now(), key: undefined }).kind).toBe("explain");
		expect(fixFor(denial, now({ key: { status: "revoked" } }))).toMatchObject({ kind: "link", to: "newKey" });
	});

	it("distinguishes a rotated-out token from an expired key", () => {
		const denial = refused("key_expired", { detail: "This token was rotated out." });
		expect(fixFor(denial, now())).toMatchObject({ kind: "link", to: "key" });
		expect(fixFor(denial, now({ key: { status: "expired" } }))).toMatchObject({ kind: "apply" });
	});

	it("exists for every code, and for unknown ones", () => {
		for (const code of [...Object.keys(errors), "not_known_yet"]) {
			const fix = fixFor(refused(code), now());
			expect([code, "text" in fix ? fix.text : fix.label]).toEqual([code, expect.stringMatching(/\w.*\w/)]);
		}
	});
});
