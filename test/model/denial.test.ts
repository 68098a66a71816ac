import { type Denial, mergeDenials } from "../../server/model/denial.js";
import { denial } from "../storage/samples.js";

describe("denials with the same ID", () => {
	const one = denial("ws_1", { firstAt: 5, lastAt: 9, count: 2, detail: "one" });

	it("add up, with the details of the later one", () => {
		const other: Denial = { ...one, firstAt: 7, lastAt: 8, count: 3, detail: "other" };
		const sum = { ...one, firstAt: 5, lastAt: 9, count: 5 };
		expect(mergeDenials(one, other)).toEqual(sum);
		expect(mergeDenials(other, one)).toEqual(sum);
	});

	it("lose a detail that the later one does not have, and take the new one's at the same moment", () => {
		const { detail: _, ...without } = one;
		expect(mergeDenials(one, without)).not.toHaveProperty("detail");
	});
});
