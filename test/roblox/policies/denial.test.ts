import { errors } from "../../../shared/errors.js";
import { type Modules, openModules } from "../modules.js";

describe("a denial", () => {
	let modules: Modules;
	beforeAll(async () => {
		modules = await openModules();
	});
	afterAll(() => modules.close());

	const ends = (code: string, status: number, asked: string, kind = "denied") =>
		modules.run(
			`return use("policies/denial").endsVerification({ kind = input.kind, code = input.code, status = input.status }, input.asked)`,
			{ kind, code, status, asked },
		);

	const aboutTheKey = Object.entries(errors)
		.filter(([, { status }]) => status === 401 || status === 403)
		.map(([code, { status }]) => [code, status] as const)
		.filter(([code]) => code !== "scope_missing" && code !== "kind_not_allowed");

	test.each(aboutTheKey)(
		"under %s (%i) ends what was verified, whichever call it answers",
		async (code, status) => {
			for (const asked of ["verify", "endpoint", "route"]) expect(await ends(code, status, asked)).toBe(true);
		},
	);

	test("for a missing scope ends nothing", async () => {
		for (const asked of ["verify", "endpoint", "route"])
			expect(await ends("scope_missing", 403, asked)).toBe(false);
	});

	test("for a key of the wrong kind ends it only when verification itself is refused", async () => {
		expect(await ends("kind_not_allowed", 403, "verify")).toBe(true);
		expect(await ends("kind_not_allowed", 403, "endpoint")).toBe(false);
	});

	test("that names no code may be a firewall's, and ends nothing", async () => {
		for (const status of [401, 403]) expect(await ends(`http_${status}`, status, "verify")).toBe(false);
	});

	test("under a code of a newer server ends it when verification is refused, or with 401", async () => {
		expect(await ends("key_quarantined", 403, "verify")).toBe(true);
		expect(await ends("key_quarantined", 401, "endpoint")).toBe(true);
		expect(await ends("shop_closed", 403, "endpoint")).toBe(false);
	});

	test("under a code of an operator's own route ends nothing", async () => {
		expect(await ends("player_not_signed_in", 401, "route")).toBe(false);
	});

	test("is the only kind of failure that ends anything", async () => {
		for (const kind of ["network", "server", "invalid", "protocol", "limited", "configuration"]) {
			expect(await ends("key_revoked", 401, "verify", kind)).toBe(false);
		}
	});
});
