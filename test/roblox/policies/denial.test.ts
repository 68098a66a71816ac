import { errors } from "../../../shared/errors.js";
import { type Modules, openModules } from "../modules.js";

describe("a denial", () => {
	let modules: Modules;
	beforeAll(async () => {
		modules = await openModules();
	});
	afterAll(() => modules.close());

	const ends = (code: string, status: number, callKind: string, kind = "denied") =>
		modules.run(
			`return use("policies/denial").endsVerification({ kind = input.kind, code = input.code, status = input.status }, input.callKind)`,
			{ kind, code, status, callKind },
		);

	const aboutTheKey = Object.entries(errors)
		.filter(([, { status }]) => status === 401 || status === 403)
		.map(([code, { status }]) => [code, status] as const)
		.filter(([code]) => code !== "scope_missing" && code !== "kind_not_allowed");

	test.each(aboutTheKey)(
		"with %s (%i) ends the verification, whichever call it came from",
		async (code, status) => {
			for (const callKind of ["verify", "endpoint", "route"])
				expect(await ends(code, status, callKind)).toBe(true);
		},
	);

	test("for a missing scope does not end the verification", async () => {
		for (const callKind of ["verify", "endpoint", "route"])
			expect(await ends("scope_missing", 403, callKind)).toBe(false);
	});

	test("for a key of the wrong kind ends it only when verification itself is denied", async () => {
		expect(await ends("kind_not_allowed", 403, "verify")).toBe(true);
		expect(await ends("kind_not_allowed", 403, "endpoint")).toBe(false);
	});

	test("without a code may come from a firewall, and does not end it", async () => {
		for (const status of [401, 403]) expect(await ends(`http_${status}`, status, "verify")).toBe(false);
	});

	test("with a code of a newer server ends it when verification is denied, or with status 401", async () => {
		expect(await ends("key_quarantined", 403, "verify")).toBe(true);
		expect(await ends("key_quarantined", 401, "endpoint")).toBe(true);
		expect(await ends("shop_closed", 403, "endpoint")).toBe(false);
	});

	test("with a code of your own route does not end it", async () => {
		expect(await ends("player_not_signed_in", 401, "route")).toBe(false);
	});

	test("is the only kind of failure that ends a verification", async () => {
		for (const kind of ["network", "server", "invalid", "protocol", "limited", "configuration"]) {
			expect(await ends("key_revoked", 401, "verify", kind)).toBe(false);
		}
	});
});
