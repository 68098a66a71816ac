import type { ObjectShape } from "../../shared/schema.js";
import { type ValidatorRules, validatorOf } from "./validators.js";

/**
 * Reads of an object, whatever else is wrong with it, the fields whose own
 * shape is right: what rules beyond shapes can be run on all the same.
 */
export function validFieldsReader<S extends ObjectShape>(
	shape: S,
	rules: ValidatorRules,
): (value: unknown) => Record<string, unknown> {
	const validators = Object.entries(shape.fields).map(
		([name, field]) => [name, validatorOf(field, rules)] as const,
	);
	return (value) => {
		if (typeof value !== "object" || value === null) return {};
		const sound: Record<string, unknown> = {};
		for (const [name, validator] of validators) {
			if (!Object.hasOwn(value, name)) continue;
			const read = validator.safeParse(Reflect.get(value, name));
			if (read.success) sound[name] = read.data;
		}
		return sound;
	};
}
