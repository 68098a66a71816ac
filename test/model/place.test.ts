import { replacePlace } from "../../server/model/place.js";
import { place } from "../storage/samples.js";

it("a place that is allowed again keeps when it was first allowed, and nothing else", () => {
	const before = place("ws_1", { createdAt: 1, name: "Old" });
	const { name: _, ...again } = { ...before, createdAt: 2 };
	expect(replacePlace(before, again)).toEqual({ ...again, createdAt: 1 });
	expect(replacePlace(undefined, again)).toEqual(again);
});
