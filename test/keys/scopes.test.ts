import { keyFieldProblems, scopeEscalation } from "../../server/keys/keyRules.js";
import type { Endpoint } from "../../shared/endpoint.js";
import { endpoints } from "../../shared/endpoints/index.js";
import { plannedScopes, scopes } from "../../shared/scopes.js";

const asked = new Set(Object.values(endpoints).flatMap(({ scope }: Endpoint) => scope ?? []));

describe("Placelock's own scopes", () => {
	it("are those that endpoints ask for, all of them", () => {
		expect(new Set(Object.keys(scopes))).toEqual(asked);
	});

	it("leave out planned ones, which a key can hold all the same", () => {
		for (const scope of plannedScopes) {
			expect(asked).not.toContain(scope);
			expect(keyFieldProblems("game", { scopes: [scope] }, 0)).toEqual([]);
		}
	});

	it("are granted by a key that holds them, planned ones too", () => {
		const actingKey = { scopes: new Set(["keys.write"]) } as unknown as Parameters<typeof scopeEscalation>[0];
		const granting = (scope: string) => scopeEscalation(actingKey, [scope])?.code;
		expect(granting("keys.write")).toBeUndefined();
		expect(granting("shop.write")).toBeUndefined();
		for (const scope of ["keys.read", ...plannedScopes])
			expect([scope, granting(scope)]).toEqual([scope, "scope_missing"]);
	});
});
