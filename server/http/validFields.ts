import type { ObjectShape } from "../../shared/schema.js";
import { type ValidatorRules, validatorOf } from "./validators.js";

/**
 * Reads the valid fields of an object and skips the others, so that rules beyond
 * shapes can be run on invalid input too.
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
		const valid: Record<string, unknown> = {};
		for (const [name, validator] of validators) {
			if (!Object.hasOwn(value, name)) continue;
			const parsed = validator.safeParse(Reflect.get(value, name));
			if (parsed.success) valid[name] = parsed.data;
		}
		return valid;
	};
}
