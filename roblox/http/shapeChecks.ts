import { t } from "@rbxts/t";
import type { Fields, Shape } from "../../shared/schema.js";
import { toRobloxId } from "../robloxId.js";

/**
 * Builds checks from the contract's shapes, in the form `@rbxts/t` uses: functions
 * that return whether a value fits and, if not, why. The server builds zod
 * validators from the same shapes (server/http/validators.ts); test/contract holds
 * both to the same verdict on every value of one corpus.
 */
type Check = (value: unknown) => LuaTuple<[fits: boolean, problem?: string]>;

interface CheckRules {
	/** Whether to ignore or reject fields that the shape does not name. */
	readonly unknownFields: "ignore" | "reject";
}

const ignoring: CheckRules = { unknownFields: "ignore" };

/** Builds the check of a shape. Its problem starts with the path: `key.scopes[2] must be text`. */
export function checkOf(shape: Shape, rules: CheckRules = ignoring): Check {
	const check = build(shape, rules);
	return (value) => {
		const [fits, problem] = check(value);
		if (fits || problem === undefined) return $tuple(fits);
		const first = problem.sub(1, 1);
		if (first === ".") return $tuple(false, problem.sub(2));
		return $tuple(false, first === " " ? `the value${problem}` : problem);
	};
}

const responseChecks = new Map<Shape, Check>();
const inputChecks = new Map<Shape, Check>();

/** What is wrong with a value, starting with its path; undefined if it fits. Ignores unknown fields. */
export function checkShape(shape: Shape, value: unknown): string | undefined {
	const check = responseChecks.get(shape) ?? checkOf(shape);
	responseChecks.set(shape, check);
	const [fits, problem] = check(value);
	return fits ? undefined : (problem ?? "the value is invalid");
}

/** The same for what a script sends. Rejects unknown fields, which are most likely misspelt. */
export function checkInput(shape: Shape, value: unknown): string | undefined {
	const check = inputChecks.get(shape) ?? checkOf(shape, { unknownFields: "reject" });
	inputChecks.set(shape, check);
	const [fits, problem] = check(value);
	return fits ? undefined : (problem ?? "the value is invalid");
}

// Below, a problem starts with the rest of the path: `.name must be text`.

/** A check that the value passes `fits`; `description` follows "must be" in its problem. */
function mustBe(description: string, fits: (value: unknown) => boolean): Check {
	return (value) => {
		if (fits(value)) return $tuple(true);
		return $tuple(false, value === undefined ? " is required" : ` must be ${description}`);
	};
}

function build(shape: Shape, rules: CheckRules): Check {
	switch (shape.type) {
		case "text":
			return textCheck(shape.minLength ?? 0, shape.maxLength);
		case "integer": {
			const whole = t.intersection(t.integer, t.numberConstrained(shape.minimum, shape.maximum));
			return mustBe(
				`a whole number from ${formatInteger(shape.minimum)} to ${formatInteger(shape.maximum)}`,
				whole,
			);
		}
		case "number": {
			const within = t.numberConstrained(shape.minimum, shape.maximum);
			return mustBe(`a number from ${shape.minimum} to ${shape.maximum}`, within);
		}
		case "boolean":
			return mustBe("true or false", t.boolean);
		case "literal":
			return mustBe(`${shape.value}`, (value) => value === shape.value);
		case "choice": {
			const { values } = shape;
			if (shape.open) return mustBe("text", isText);
			return mustBe(`one of ${values.join(", ")}`, (value) => values.includes(value as string));
		}
		case "robloxId":
			return mustBe(
				"a Roblox id: a whole number from 1, as digits or as a number up to 2^53 - 1",
				isRobloxId,
			);
		case "timestamp":
			return mustBe(
				"a time in RFC 3339, such as 2026-03-01T12:00:00Z or 2026-03-01T14:00:00+02:00",
				isTimestamp,
			);
		case "scope":
			return mustBe('resource.action in lower case, such as keys.read, or "*"', isScope);
		case "json":
			return mustBe("present", (value) => value !== undefined);
		case "list":
			return listCheck(build(shape.of, rules), shape.minItems ?? 0, shape.maxItems);
		case "object":
			return objectCheck(shape.fields, rules);
		case "anyOf":
			return anyOfCheck(shape.shapes.map((one) => build(one, rules)));
		case "optional":
		case "clearable": {
			// JSON null is nil here, so a cleared field looks like an absent one.
			const check = build(shape.of, rules);
			return (value) => {
				if (value === undefined) return $tuple(true);
				return check(value);
			};
		}
	}
}

/** Formats without an exponent, which tostring uses from 1e+15 on. */
function formatInteger(whole: number): string {
	return string.format("%.0f", whole);
}

/** Luau strings hold any bytes; only UTF-8 is text. */
function codePoints(text: string): number | undefined {
	const [length] = utf8.len(text);
	return typeIs(length, "number") ? length : undefined;
}

function isText(value: unknown): boolean {
	return t.string(value) && codePoints(value) !== undefined;
}

function textCheck(minLength: number, maxLength: number): Check {
	const bounds = minLength === 0 ? `at most ${maxLength}` : `${minLength} to ${maxLength}`;
	const isString = mustBe("text", t.string);
	return (value) => {
		if (!t.string(value)) return isString(value);
		const length = codePoints(value);
		if (length === undefined) return $tuple(false, " must be text without broken characters");
		if (length >= minLength && length <= maxLength) return $tuple(true);
		return $tuple(false, ` must be ${bounds} characters long`);
	};
}

function isRobloxId(value: unknown): boolean {
	return toRobloxId(value) !== undefined;
}

function isLeapYear(year: number): boolean {
	return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

const daysInMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isTimestamp(value: unknown): boolean {
	if (!t.string(value)) return false;
	const parts = value.match("^(%d%d%d%d)%-(%d%d)%-(%d%d)[Tt](%d%d):(%d%d):(%d%d)(.*)$");
	const rest = parts[6];
	if (!t.string(rest)) return false;
	const [fraction, offset] = rest.match("^(%.?%d*)([Zz+-].*)$");
	if (!t.string(fraction) || !t.string(offset)) return false;
	if (fraction !== "" && fraction.match("^%.%d+$")[0] === undefined) return false;
	if (fraction.size() > 10) return false;
	const numberAt = (index: number) => tonumber(parts[index]) ?? 0;
	const [year, month, day] = [numberAt(0), numberAt(1), numberAt(2)];
	const [hour, minute, second] = [numberAt(3), numberAt(4), numberAt(5)];
	if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return false;
	if (day > (month === 2 && isLeapYear(year) ? 29 : daysInMonths[month - 1])) return false;
	const ahead = offsetMinutes(offset);
	if (ahead === undefined) return false;
	// In UTC the year has four digits too.
	const minuteInUtc = hour * 60 + minute - ahead;
	if (year === 0 && month === 1 && day === 1) return minuteInUtc >= 0;
	if (year === 9999 && month === 12 && day === 31) return minuteInUtc < 24 * 60;
	return true;
}

/** How far ahead of UTC; undefined for an invalid offset. */
function offsetMinutes(offset: string): number | undefined {
	if (offset.upper() === "Z") return 0;
	const [sign, hours, minutes] = offset.match("^([+-])(%d%d):(%d%d)$");
	const [hour, minute] = [tonumber(hours) ?? 24, tonumber(minutes) ?? 60];
	if (hour > 23 || minute > 59) return undefined;
	return (hour * 60 + minute) * (sign === "-" ? -1 : 1);
}

function isScope(value: unknown): boolean {
	if (!t.string(value)) return false;
	if (value === "*") return true;
	return value.size() <= 64 && value.match("^[a-z0-9][a-z0-9-]*%.[a-z0-9][a-z0-9-]*$")[0] !== undefined;
}

function listCheck(of: Check, minItems: number, maxItems: number): Check {
	const isTable = mustBe("a list", t.table);
	return (value) => {
		if (!t.table(value)) return isTable(value);
		// An empty table is also a list: Luau cannot tell it from an empty object.
		let size = 0;
		let last = 0;
		for (const [index] of pairs(value as Record<never, unknown>)) {
			if (!t.integer(index) || index < 1) return $tuple(false, " must be a list");
			size += 1;
			last = math.max(last, index);
		}
		if (last !== size) return $tuple(false, " must be a list without gaps");
		if (size < minItems) return $tuple(false, ` must have at least ${minItems} entries`);
		if (size > maxItems) return $tuple(false, ` must have at most ${maxItems} entries`);
		for (const [index, item] of ipairs(value as unknown[])) {
			const [fits, problem] = of(item);
			if (!fits) return $tuple(false, `[${index}]${problem}`);
		}
		return $tuple(true);
	};
}

function objectCheck(fields: Fields, rules: CheckRules): Check {
	const checks = new Array<readonly [name: string, check: Check]>();
	const names = new Set<unknown>();
	for (const [name, field] of pairs(fields)) {
		checks.push([name as string, build(field, rules)]);
		names.add(name);
	}
	// Sorted, so that the same value is always rejected for the same field.
	checks.sort(([a], [b]) => a < b);
	const isTable = mustBe("an object", t.table);
	return (value) => {
		if (!t.table(value)) return isTable(value);
		for (const [name] of pairs(value as Record<never, unknown>)) {
			if (!t.string(name)) return $tuple(false, " must be an object");
			if (rules.unknownFields === "reject" && !names.has(name)) {
				return $tuple(false, `.${name} is not a field of this call`);
			}
		}
		for (const [name, check] of checks) {
			const [fits, problem] = check((value as Record<string, unknown>)[name]);
			if (!fits) return $tuple(false, `.${name}${problem}`);
		}
		return $tuple(true);
	};
}

function anyOfCheck(checks: readonly Check[]): Check {
	return (value) => {
		for (const check of checks) {
			if (check(value)[0]) return $tuple(true);
		}
		return $tuple(false, value === undefined ? " is required" : " must be one of the documented objects");
	};
}
