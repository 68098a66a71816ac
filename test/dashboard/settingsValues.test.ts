import { changesBetween, numberError } from "../../server/dashboard/pages/settings/settingsValues.js";

describe("the input of the settings form", () => {
	const before = { name: "Tower", placeProof: "header", idleDays: 30, maxKeys: 1000 } as const;

	it("is only what differs, so that others' changes are not undone", () => {
		expect(changesBetween(before, before)).toEqual({});
		expect(changesBetween(before, { ...before, name: " Tower Tycoon " })).toEqual({ name: "Tower Tycoon" });
		expect(changesBetween(before, { ...before, idleDays: 60, maxKeys: 5 })).toEqual({
			idleDays: 60,
			maxKeys: 5,
		});
	});

	it("clears what was emptied", () => {
		expect(changesBetween(before, { ...before, placeProof: "", idleDays: "" })).toEqual({
			placeProof: null,
			idleDays: null,
		});
	});

	it("rejects invalid numbers", () => {
		expect(numberError(3650, 1, 3650)).toBeNull();
		for (const value of ["", 0, 1.5, "-", 3651]) {
			expect(numberError(value, 1, 3650)).toBe("Must be a whole number from 1 to 3,650.");
		}
	});
});
