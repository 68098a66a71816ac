import type { ObjectShape, Shape } from "../../shared/schema.js";
import type { Contract, FrozenEndpoint } from "./snapshot.js";

/**
 * Changes of the current contract that break a caller built for a released one.
 *
 * Such a caller sends what the released contract allows, so the current one must
 * accept all of it. It checks responses against the released contract, ignoring
 * unknown fields, so every current response must pass there.
 */
export function breakingChanges(released: Contract, current: Contract): string[] {
	const endpoints = Object.entries(released.endpoints).flatMap(([name, before]) => {
		const now = current.endpoints[name];
		if (now === undefined) return [`${name} was removed`];
		return endpointChanges(before, now).map((change) => `${name} ${change}`);
	});
	const errors = Object.entries(released.errors).flatMap(([code, before]) => {
		const now = current.errors[code];
		if (now === undefined) return [`the error ${code} was removed`];
		if (now.status !== before.status) return [`the error ${code} changed its status`];
		return now.retry === before.retry ? [] : [`the error ${code} changed whether a retry can help`];
	});
	return [...endpoints, ...errors];
}

function endpointChanges(before: FrozenEndpoint, now: FrozenEndpoint): string[] {
	const changes: string[] = [];
	for (const property of ["method", "path", "caller", "status"] as const) {
		if (before[property] !== now[property]) {
			changes.push(`changed its ${property} from ${before[property]} to ${now[property]}`);
		}
	}
	if (now.scope !== undefined && now.scope !== before.scope) changes.push(`asks for the scope ${now.scope}`);
	if (before.idempotent && !now.idempotent) changes.push("is no longer idempotent, and is retried");
	for (const part of ["params", "query", "body"] as const) {
		changes.push(...misfits(before[part] ?? nothing, now[part] ?? nothing, part, "reject"));
	}
	if (before.response === undefined) return changes;
	if (now.response === undefined) return [...changes, "answers without a body"];
	return [...changes, ...misfits(now.response, before.response, "response", "ignore")];
}

const nothing: ObjectShape = { type: "object", fields: {} };

/** Reasons why a value of the shape `given` may not fit `wanted`; none if every value fits. */
function misfits(given: Shape, wanted: Shape, path: string, unknownFields: "ignore" | "reject"): string[] {
	if (given.type === "clearable" && wanted.type !== "clearable") {
		return [`${path} cannot be cleared any more`, ...misfits(given.of, bareOf(wanted), path, unknownFields)];
	}
	const [from, to] = [bareOf(given), bareOf(wanted)];
	if (to.type === "choice" && to.open && isText(from)) return [];
	if (from.type === "object" && to.type === "object") return fieldMisfits(from, to, path, unknownFields);
	if (from.type === "list" && to.type === "list") {
		return [
			...(from.maxItems > to.maxItems ? [`${path} may have more than ${to.maxItems} entries`] : []),
			...((from.minItems ?? 0) < (to.minItems ?? 0)
				? [`${path} may have fewer than ${to.minItems} entries`]
				: []),
			...misfits(from.of, to.of, `${path}[]`, unknownFields),
		];
	}
	if (from.type === "anyOf" || to.type === "anyOf") {
		const options = to.type === "anyOf" ? to.shapes : [to];
		return (from.type === "anyOf" ? from.shapes : [from]).flatMap((one, index) => {
			const tries = options.map((option) => misfits(one, option, `${path}(${index})`, unknownFields));
			return tries.some((problems) => problems.length === 0) ? [] : (tries[0] ?? []);
		});
	}
	return valueMisfits(from, to, path);
}

function valueMisfits(from: Shape, to: Shape, path: string): string[] {
	if (from.type === "text" && to.type === "text") {
		const fits = from.maxLength <= to.maxLength && (from.minLength ?? 0) >= (to.minLength ?? 0);
		return fits ? [] : [`${path} may be of a length that is not accepted`];
	}
	if (
		(from.type === "integer" && to.type === "integer") ||
		((from.type === "integer" || from.type === "number") && to.type === "number")
	) {
		const fits = from.minimum >= to.minimum && from.maximum <= to.maximum;
		return fits ? [] : [`${path} may be outside ${to.minimum} to ${to.maximum}`];
	}
	if (from.type === "choice" && to.type === "choice") {
		if (from.open) return [`${path} may be any text`];
		return from.values
			.filter((value) => !to.values.includes(value))
			.map((value) => `${path} may be ${value}`);
	}
	if (from.type === "literal" && to.type === "literal") {
		return from.value === to.value ? [] : [`${path} may be ${from.value}`];
	}
	return from.type === to.type ? [] : [`${path} is a ${from.type} where a ${to.type} is wanted`];
}

function fieldMisfits(
	from: ObjectShape,
	to: ObjectShape,
	path: string,
	unknownFields: "ignore" | "reject",
): string[] {
	const missing = Object.entries(to.fields).flatMap(([name, wanted]) => {
		const given = from.fields[name];
		const mayBeLeftOut = given === undefined || isOptional(given);
		const problems = mayBeLeftOut && !isOptional(wanted) ? [`${path}.${name} may be missing`] : [];
		return given === undefined
			? problems
			: [...problems, ...misfits(given, wanted, `${path}.${name}`, unknownFields)];
	});
	if (unknownFields === "ignore") return missing;
	const unknown = Object.keys(from.fields).filter((name) => to.fields[name] === undefined);
	return [...missing, ...unknown.map((name) => `${path}.${name} is not known any more`)];
}

function isOptional(shape: Shape): boolean {
	return shape.type === "optional" || shape.type === "clearable";
}

function bareOf(shape: Shape): Shape {
	return shape.type === "optional" || shape.type === "clearable" ? bareOf(shape.of) : shape;
}

function isText(shape: Shape): boolean {
	return (
		["text", "choice", "scope", "timestamp"].includes(shape.type) ||
		(shape.type === "literal" && typeof shape.value === "string")
	);
}
