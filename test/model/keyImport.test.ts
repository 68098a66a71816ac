import { randomBytes } from "node:crypto";
import {
	type ImportFacts,
	importedTokenId,
	importOutcomes,
	type KeyImport,
} from "../../server/model/keyImport.js";
import { audit, key } from "../storage/samples.js";

const empty: ImportFacts = { workspaceId: "ws_1", remaining: 9, takenNames: new Set(), tokens: new Map() };

function imported(name?: string, digest: Buffer = randomBytes(32)): KeyImport {
	const record = { ...key("ws_1", { digest, ...(name === undefined ? {} : { name }) }), workspaceId: "ws_1" };
	return { key: { ...record, importedPrefix: "old_" }, audit: audit(), digests: [digest, randomBytes(32)] };
}

/** Facts in which the token of an import is known, under the last of its digests. */
function knownIn(workspaceId: string | undefined, { digests }: KeyImport): ImportFacts {
	return { ...empty, tokens: new Map([[importedTokenId(digests.at(-1) as Buffer), workspaceId]]) };
}

describe("the outcome of an import", () => {
	const one = imported("One");

	it("says where the token is known, which comes before a taken name and the limit", () => {
		const full = { remaining: 0, takenNames: new Set(["one"]) };
		const outcome = (facts: ImportFacts) => importOutcomes([one], { ...facts, ...full });
		expect(outcome(knownIn("ws_1", one))).toEqual(["known"]);
		expect(outcome(knownIn("ws_2", one))).toEqual(["known_elsewhere"]);
		expect(outcome(knownIn(undefined, one))).toEqual(["known_deleted"]);
		expect(outcome(empty)).toEqual(["name_taken"]);
		expect(importOutcomes([one], { ...empty, remaining: 0 })).toEqual(["limit_reached"]);
	});

	it("prefers the workspace's own key where the digests lead to several", () => {
		const [first, last] = one.digests.map(importedTokenId) as [string, string];
		const tokens = (...owners: [string | undefined, string | undefined]) =>
			importOutcomes([one], {
				...empty,
				tokens: new Map([
					[first, owners[0]],
					[last, owners[1]],
				]),
			});
		expect(tokens("ws_2", "ws_1")).toEqual(["known"]);
		expect(tokens(undefined, "ws_2")).toEqual(["known_elsewhere"]);
	});

	it("is an import of a deleted key's token only when asked for", () => {
		expect(importOutcomes([one], knownIn(undefined, one), { deletedToo: true })).toEqual(["imported"]);
		expect(importOutcomes([one], knownIn("ws_2", one), { deletedToo: true })).toEqual(["known_elsewhere"]);
	});

	it("counts for the keys after it: its name, its token and its slot", () => {
		const keys = [one, imported("ONE"), imported("Two", one.key.digest), imported("Two"), imported("Three")];
		expect(importOutcomes(keys, { ...empty, remaining: 2 })).toEqual([
			"imported",
			"name_taken",
			"known",
			"imported",
			"limit_reached",
		]);
	});
});
