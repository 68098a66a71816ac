import fc from "fast-check";
import type { Shape } from "../../shared/schema.js";

/**
 * Values for a shape: mostly values that fit or nearly fit, sometimes any JSON
 * value. Never a null at the end of a list, which Luau cannot see.
 */
export function valueFor(shape: Shape): fc.Arbitrary<unknown> {
	return fc.oneof(
		{ weight: 12, arbitrary: near(shape) },
		{ weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }).map(withoutTrailingNulls) },
		{ weight: 1, arbitrary: fc.constantFrom<unknown>(null, [], {}, "", 0, true, false) },
	);
}

function near(shape: Shape): fc.Arbitrary<unknown> {
	switch (shape.type) {
		case "text":
			return textNear(shape.minLength ?? 0, shape.maxLength);
		case "integer":
			return fc.oneof(
				fc.integer({ min: Math.max(shape.minimum, -(2 ** 31)), max: Math.min(shape.maximum, 2 ** 31 - 1) }),
				fc.constantFrom(shape.minimum, shape.minimum - 1, shape.maximum, shape.maximum + 1),
				fc.double({ noNaN: true, noDefaultInfinity: true }),
				fc.maxSafeInteger(),
			);
		case "number":
			return fc.oneof(
				fc.double({ min: shape.minimum, max: shape.maximum, noNaN: true }),
				fc.constantFrom(shape.minimum, shape.minimum - 0.5, shape.maximum, shape.maximum + 0.5),
				fc.double({ noNaN: true, noDefaultInfinity: true }),
			);
		case "boolean":
			return fc.oneof(fc.boolean(), fc.constantFrom("true", "false", 0, 1));
		case "literal":
			return fc.oneof(fc.constant(shape.value), fc.constant(String(shape.value)), fc.boolean());
		case "choice":
			return fc.oneof(fc.constantFrom(...shape.values), fc.string({ unit: "grapheme", maxLength: 8 }));
		case "robloxId":
			return fc.oneof(
				fc.bigInt({ min: -2n, max: 2n ** 64n }).map(String),
				fc.bigInt({ min: 2n ** 63n - 3n, max: 2n ** 63n + 3n }).map(String),
				fc.maxSafeNat(),
				fc.double({ noNaN: true, noDefaultInfinity: true }),
				fc.stringMatching(/^[ +-]?[0-9]{1,20}[ .e]?$/),
			);
		case "timestamp":
			return fc.oneof(
				fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
				fc.stringMatching(
					/^[0-9]{4}-[01][0-9]-[0-3][0-9][Tt][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{0,10})?([Zz]|[+-][0-2][0-9]:[0-6][0-9])?$/,
				),
				fc.stringMatching(
					/^(0000-01-01|9999-12-31)T[0-2][0-9]:[0-5][0-9]:[0-5][0-9][+-][0-2][0-9]:[0-5][0-9]$/,
				),
			);
		case "scope":
			return fc.oneof(
				fc.stringMatching(/^[a-z0-9-]{1,33}\.[a-z0-9-]{1,33}$/),
				fc.stringMatching(/^[A-Za-z0-9_.* -]{0,10}$/),
			);
		case "json":
			return fc.jsonValue({ maxDepth: 2 }).map(withoutTrailingNulls);
		case "list":
			return fc
				.array(valueFor(shape.of), {
					minLength: Math.max(0, (shape.minItems ?? 0) - 1),
					maxLength: Math.min(shape.maxItems + 1, 4),
				})
				.map(withoutTrailingNulls);
		case "object":
			return objectNear(shape.fields);
		case "anyOf":
			return fc.oneof(...shape.shapes.map(near));
		case "optional":
		case "clearable":
			return fc.oneof({ weight: 4, arbitrary: near(shape.of) }, { weight: 1, arbitrary: fc.constant(null) });
	}
}

/** Lengths around both limits, in characters of one, two and four bytes. */
function textNear(minLength: number, maxLength: number): fc.Arbitrary<string> {
	const lengths = [minLength - 1, minLength, maxLength, maxLength + 1].filter((length) => length >= 0);
	const unit = fc.constantFrom("a", "é", "日", "😀", "\ud800");
	return fc.oneof(
		fc.tuple(fc.constantFrom(...lengths), unit).map(([length, char]) => char.repeat(length)),
		fc.string({ unit: "binary", maxLength: Math.min(maxLength + 1, 12) }),
		fc.string({ unit: "grapheme", maxLength: Math.min(maxLength + 1, 12) }),
	);
}

/** All fields, some omitted at times, with an unknown field at times. */
function objectNear(fields: Readonly<Record<string, Shape>>): fc.Arbitrary<unknown> {
	const known = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, valueFor(field)]));
	const dropped = fc.subarray(Object.keys(fields), { maxLength: Math.min(2, Object.keys(fields).length) });
	const unknown = fc.oneof(
		{ weight: 5, arbitrary: fc.constant({}) },
		{
			weight: 1,
			arbitrary: fc.dictionary(fc.string({ maxLength: 5 }), fc.constantFrom(null, 1, "x"), { maxKeys: 1 }),
		},
	);
	return fc
		.tuple(fc.record(known), fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, dropped), unknown)
		.map(([value, gone, more]) =>
			Object.fromEntries(
				Object.entries({ ...more, ...value }).filter(([name]) => !(gone as string[]).includes(name)),
			),
		);
}

function withoutTrailingNulls(value: unknown): unknown {
	if (Array.isArray(value)) {
		const items = value.map(withoutTrailingNulls);
		while (items.length > 0 && items.at(-1) === null) items.pop();
		return items;
	}
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutTrailingNulls(item)]));
}
