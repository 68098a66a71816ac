import { z } from "zod";
import type { Fields, Shape } from "../../shared/schema.js";
import type { FieldProblem } from "../core/problem.js";
import { isoTime, parseTimestamp } from "../primitives/timestamps.js";

/**
 * Turns the contract's shapes into zod validators. `roblox/http/shapeChecks.ts` does the
 * same for the SDK, and tests run one corpus of values through both: they must
 * agree on every value.
 */

export interface ValidatorRules {
	/** Whether unknown fields of objects are dropped or make the input invalid. */
	readonly unknownFields: "ignore" | "reject";
}

/** A validator whose output is the shape's `Infer` type: Roblox IDs as strings, absent fields undefined. */
export function validatorOf(shape: Shape, rules: ValidatorRules): z.ZodType {
	return build(shape, rules);
}

/** What a validator found, as the API reports it. Never quotes a value: it could be a secret. */
export function problemsOf(error: z.ZodError): FieldProblem[] {
	return error.issues.flatMap((issue) => {
		const path = issue.path.map(String);
		if (issue.code !== "unrecognized_keys") return [{ path: path.join("."), message: issue.message }];
		const named = issue.keys.slice(0, unknownFieldsNamed).map((key) => ({
			path: [...path, key.slice(0, unknownFieldLength)].join("."),
			message: "is not a field of this endpoint",
		}));
		const others = issue.keys.length - named.length;
		if (others === 0) return named;
		return [
			...named,
			{ path: path.join("."), message: `has ${others} more fields that this endpoint does not have` },
		];
	});
}

/** A response must not be larger than its request: of unknown fields only so many are named, and so much of each. */
const unknownFieldsNamed = 20;
const unknownFieldLength = 100;

/** A message that distinguishes a missing value from a wrong one. */
function mustBe(what: string): (issue: { readonly input?: unknown }) => string {
	return ({ input }) => (input === undefined || input === null ? "is required" : `must be ${what}`);
}

function entries(count: number): string {
	return count === 1 ? "1 entry" : `${count} entries`;
}

function build(shape: Shape, rules: ValidatorRules): z.ZodType {
	switch (shape.type) {
		case "text":
			return textValidator(shape.minLength ?? 0, shape.maxLength);
		case "integer": {
			const { minimum, maximum } = shape;
			const error = mustBe(`a whole number from ${minimum} to ${maximum}`);
			return z.int({ error }).gte(minimum, { error }).lte(maximum, { error });
		}
		case "number": {
			const { minimum, maximum } = shape;
			const error = mustBe(`a number from ${minimum} to ${maximum}`);
			return z.number({ error }).gte(minimum, { error }).lte(maximum, { error });
		}
		case "boolean":
			return z.boolean({ error: mustBe("true or false") });
		case "literal":
			return z.literal(shape.value, { error: mustBe(JSON.stringify(shape.value)) });
		case "choice": {
			if (shape.open)
				return z.string({ error: mustBe("text") }).refine(isWellFormed, { error: "must be text" });
			return z.enum(shape.values, { error: mustBe(`one of ${shape.values.join(", ")}`) });
		}
		case "robloxId":
			return z.unknown().transform(readRobloxId);
		case "timestamp": {
			const error = mustBe("a time in RFC 3339, such as 2026-03-01T12:00:00Z or 2026-03-01T14:00:00+02:00");
			return z.string({ error }).transform((text, context) => {
				const at = parseTimestamp(text);
				if (at !== undefined) return isoTime(at);
				context.addIssue({ code: "custom", message: error({ input: text }) });
				return z.NEVER;
			});
		}
		case "scope": {
			const error = mustBe('resource.action in lower case, such as keys.read, or "*"');
			return z.string({ error }).refine(isScope, { error });
		}
		case "json":
			return z.unknown().refine((value) => value !== undefined && value !== null, { error: "is required" });
		case "list": {
			const error = mustBe("a list");
			const list = z
				.array(build(shape.of, rules), { error })
				.min(shape.minItems ?? 0, { error: `must have at least ${entries(shape.minItems ?? 0)}` })
				.max(shape.maxItems, { error: `must have at most ${entries(shape.maxItems)}` });
			return z.preprocess((value) => (isEmptyObject(value) ? [] : value), list);
		}
		case "object":
			return objectValidator(shape.fields, rules);
		case "anyOf":
			return z.union(
				shape.shapes.map((one) => build(one, rules)),
				{ error: mustBe("one of the documented objects") },
			);
		case "optional":
			return build(shape.of, rules)
				.nullish()
				.transform((value) => value ?? undefined);
		case "clearable":
			return build(shape.of, rules).nullish();
	}
}

function objectValidator(fields: Fields, rules: ValidatorRules): z.ZodType {
	const validators = Object.fromEntries(
		Object.entries(fields).map(([name, field]) => [name, build(field, rules)]),
	);
	const error = (issue: { readonly code?: string; readonly input?: unknown }) =>
		issue.code === "unrecognized_keys" ? undefined : mustBe("an object")(issue);
	if (rules.unknownFields === "ignore") {
		return z.preprocess((value) => (isEmptyList(value) ? {} : value), z.object(validators, { error }));
	}
	const known = (value: unknown) => (isEmptyList(value) ? {} : withoutUnknownNulls(value, fields));
	return z.preprocess(known, z.strictObject(validators, { error }));
}

/** A null field counts as absent, so an unknown one is not an error. */
function withoutUnknownNulls(value: unknown, fields: Fields): unknown {
	if (!isPlainObject(value)) return value;
	const isUnknownNull = (name: string) => value[name] === null && !Object.hasOwn(fields, name);
	if (!Object.keys(value).some(isUnknownNull)) return value;
	return Object.fromEntries(Object.entries(value).filter(([name]) => !isUnknownNull(name)));
}

function textValidator(minLength: number, maxLength: number): z.ZodType {
	const error = mustBe("text");
	const within = (value: string) => {
		// A string has at most as many code points as UTF-16 units, and at least half as many.
		const mustCount = value.length > maxLength || value.length < minLength * 2;
		const length = mustCount ? [...value].length : value.length;
		return length >= minLength && length <= maxLength;
	};
	const bounds = minLength === 0 ? `at most ${maxLength}` : `${minLength} to ${maxLength}`;
	return z
		.string({ error })
		.refine(isWellFormed, { error: "must be text without broken characters", abort: true })
		.refine(within, { error: `must be ${bounds} characters long` });
}

/** A lone surrogate cannot be encoded in UTF-8, so it cannot come from Luau. */
function isWellFormed(text: string): boolean {
	return !/\p{Surrogate}/u.test(text);
}

/** The largest Roblox ID: 2^63 - 1. */
const maxRobloxId = "9223372036854775807";

function readRobloxId(value: unknown, context: z.RefinementCtx): string {
	if (typeof value === "number" && Number.isSafeInteger(value) && value >= 1) return String(value);
	if (typeof value === "string" && /^[1-9]\d{0,18}$/.test(value)) {
		if (value.length < maxRobloxId.length || value <= maxRobloxId) return value;
	}
	const message = mustBe("a Roblox ID: a whole number from 1, as digits or as a number up to 2^53 - 1")({
		input: value,
	});
	context.addIssue({ code: "custom", message });
	return z.NEVER;
}

function isScope(text: string): boolean {
	return text === "*" || (text.length <= 64 && /^[a-z0-9][a-z0-9-]*\.[a-z0-9][a-z0-9-]*$/.test(text));
}

function isEmptyList(value: unknown): boolean {
	return Array.isArray(value) && value.length === 0;
}

/** Without fields, or with nothing but nulls, which count as absent. */
function isEmptyObject(value: unknown): boolean {
	return isPlainObject(value) && Object.values(value).every((field) => field === null);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
