import { keyRecord, keyWithToken, placeRecord, workspaceRecord } from "../../../shared/endpoints/records.js";
import type { ObjectShape, Shape } from "../../../shared/schema.js";

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Whether a shape is described as callers may send it, or as the server answers it. */
export type Direction = "sent" | "answered";

export interface SchemaRules {
	readonly direction: Direction;
	/** Whether objects with other fields are refused. */
	readonly closed: boolean;
}

const answered: SchemaRules = { direction: "answered", closed: false };

/** Records that many answers hold, by the name they have in the document. */
const records: ReadonlyArray<readonly [string, ObjectShape]> = [
	["Workspace", workspaceRecord],
	["Place", placeRecord],
	["Key", keyRecord],
	["KeyWithToken", keyWithToken],
];

/** The schemas that others refer to. */
export function recordSchemas(): Record<string, JsonSchema> {
	return Object.fromEntries(records.map(([name, shape]) => [name, objectSchema(shape, answered)]));
}

/**
 * The JSON Schema of a shape. JSON Schema counts lengths of strings in code
 * points, as the contract does.
 */
export function schemaOf(shape: Shape, rules: SchemaRules): JsonSchema {
	const record = rules.direction === "answered" && records.find(([, known]) => known === shape);
	if (record) return { $ref: `#/components/schemas/${record[0]}` };
	switch (shape.type) {
		case "optional":
			return schemaOf(shape.of, rules);
		case "clearable":
			return { anyOf: [schemaOf(shape.of, rules), { type: "null", description: "Clears the field." }] };
		default:
			return { ...bareSchema(shape, rules), ...notesOf(shape) };
	}
}

type PlainShape = Exclude<Shape, { readonly type: "optional" | "clearable" }>;

function bareSchema(shape: PlainShape, rules: SchemaRules): JsonSchema {
	switch (shape.type) {
		case "text":
			return { type: "string", ...least("minLength", shape.minLength), maxLength: shape.maxLength };
		case "integer":
			return { type: "integer", minimum: shape.minimum, maximum: shape.maximum };
		case "number":
			return { type: "number", minimum: shape.minimum, maximum: shape.maximum };
		case "boolean":
			return { type: "boolean" };
		case "literal":
			return { const: shape.value };
		case "choice":
			// An open choice may grow: `enum` would have generated clients refuse what a newer server says.
			return shape.open
				? { type: "string", "x-known-values": shape.values }
				: { type: "string", enum: shape.values };
		case "robloxId":
			return rules.direction === "answered" ? idAsText : { anyOf: [idAsText, idAsNumber] };
		case "timestamp":
			return rules.direction === "answered"
				? { type: "string", format: "date-time", pattern: "Z$" }
				: { type: "string", format: "date-time" };
		case "scope":
			return {
				type: "string",
				maxLength: 64,
				pattern: "^(\\*|[a-z0-9][a-z0-9-]*\\.[a-z0-9][a-z0-9-]*)$",
			};
		case "json":
			return { not: { type: "null" } };
		case "list":
			return {
				type: "array",
				items: schemaOf(shape.of, rules),
				...least("minItems", shape.minItems),
				maxItems: shape.maxItems,
			};
		case "object":
			return objectSchema(shape, rules);
		case "anyOf":
			return { oneOf: shape.shapes.map((one) => schemaOf(one, rules)) };
	}
}

function objectSchema({ fields }: ObjectShape, rules: SchemaRules): JsonSchema {
	const properties = Object.entries(fields).map(([name, field]) => [name, schemaOf(field, rules)]);
	const required = requiredFields(fields);
	return {
		type: "object",
		properties: Object.fromEntries(properties),
		...(required.length > 0 ? { required } : {}),
		...(rules.closed ? { additionalProperties: false } : {}),
	};
}

/** None is what JSON Schema takes for granted. */
function least(keyword: "minLength" | "minItems", value: number | undefined): JsonSchema {
	return value === undefined || value === 0 ? {} : { [keyword]: value };
}

/** The names of the fields that must be there. */
export function requiredFields(fields: ObjectShape["fields"]): string[] {
	return Object.entries(fields).flatMap(([name, { type }]) =>
		type === "optional" || type === "clearable" ? [] : [name],
	);
}

const idAsText = {
	type: "string",
	pattern: "^[1-9][0-9]{0,18}$",
	description: "A Roblox id: a whole number from 1 to 2^63 - 1, as digits.",
};
const idAsNumber = {
	type: "integer",
	minimum: 1,
	maximum: Number.MAX_SAFE_INTEGER,
	description: "The same as a number, up to 2^53 - 1.",
};

function notesOf(shape: PlainShape): JsonSchema {
	const known =
		shape.type === "choice" && shape.open
			? `Known values: ${shape.values.join(", ")}. Others may be added.`
			: undefined;
	const description = [shape.description, known].filter((part) => part !== undefined).join(" ");
	return {
		...(description === "" ? {} : { description }),
		...(shape.example === undefined ? {} : { examples: [shape.example] }),
	};
}
