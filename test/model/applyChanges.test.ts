import { applyChanges } from "../../server/model/applyChanges.js";
import { workspace } from "../storage/samples.js";

it("a change sets fields, removes those that are null and leaves those that are undefined", () => {
	const record = workspace({ idleDays: 3, name: "Obby" });
	const after = applyChanges(record, { name: "Lobby", idleDays: null, placeProof: undefined });
	const { idleDays: _, ...rest } = record;
	expect(after).toEqual({ ...rest, name: "Lobby" });
	expect(record.idleDays).toBe(3);
});
