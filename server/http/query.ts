import type { ObjectShape } from "../../shared/schema.js";
import { invalid, type Problem } from "../core/problem.js";

/** The query of a URL as values for the shape's validator: numbers where the shape has integers. */
export function readQuery(url: string, shape: ObjectShape | undefined): Record<string, unknown> | Problem {
	const start = url.indexOf("?");
	if (start < 0) return {};
	const values: Record<string, unknown> = {};
	for (const [name, text] of new URLSearchParams(url.slice(start + 1))) {
		if (Object.hasOwn(values, name)) {
			// Unknown parameters are left to the validator: some endpoints ignore them.
			if (!isField(shape, name)) continue;
			return invalid({ path: name, message: "must be given only once" });
		}
		Object.defineProperty(values, name, {
			value: isInteger(shape, name) && /^\d{1,15}$/.test(text) ? Number(text) : text,
			enumerable: true,
		});
	}
	return values;
}

function isField(shape: ObjectShape | undefined, name: string): shape is ObjectShape {
	return shape !== undefined && Object.hasOwn(shape.fields, name);
}

function isInteger(shape: ObjectShape | undefined, name: string): boolean {
	if (!isField(shape, name)) return false;
	const field = shape.fields[name];
	return field?.type === "integer" || (field?.type === "optional" && field.of.type === "integer");
}
