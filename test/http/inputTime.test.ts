import { createInputRules } from "../../server/api/inputRules.js";
import { type AnyInputRule, inputReader } from "../../server/http/input.js";
import { systemClock } from "../../server/primitives/clock.js";
import type { Endpoint } from "../../shared/endpoint.js";
import { endpoints } from "../../shared/endpoints/index.js";
import type { Shape } from "../../shared/schema.js";

/** Most processor time one input may take, milliseconds. The worst rule ever found here took 41. */
const mostMs = 20;

/** Where a text has no bound of its own, the body's is what holds. */
const longestText = 60_000;

/** Texts that make rules work hard: characters that grow when normalised, near repetitions, no letter at all. */
const hardTexts: readonly ((length: number) => string)[] = [
	(length) => `a${"\u2a0c".repeat(length - 2)}a`,
	(length) => "\ufdfa".repeat(length),
	(length) => "!".repeat(length),
	(length) => `a${"!".repeat(length - 1)}`,
	(length) => `${"a".repeat(length - 1)}b`,
	(length) => "ab".repeat(length / 2),
	(length) => `a${" ".repeat(length - 2)}a`,
	(length) => "a.".repeat(length / 2),
	(length) => "1:".repeat(length / 2),
	(length) => "0".repeat(length),
	(length) => `2026-01-01T${"0".repeat(length)}`,
];

/** The largest value of a shape whose texts are made by `text`. */
function largest(shape: Shape, text: (length: number) => string): unknown {
	switch (shape.type) {
		case "text":
			return text(shape.maxLength).slice(0, shape.maxLength);
		case "list":
			return Array.from({ length: Math.min(shape.maxItems, 100) }, () => largest(shape.of, text));
		case "object":
			return Object.fromEntries(Object.entries(shape.fields).map(([name, of]) => [name, largest(of, text)]));
		case "optional":
		case "clearable":
			return largest(shape.of, text);
		case "anyOf":
			return largest(shape.shapes[0] as Shape, text);
		case "integer":
		case "number":
			return shape.maximum;
		case "boolean":
			return true;
		case "literal":
			return shape.value;
		default:
			return text(longestText / 20).slice(0, longestText / 20);
	}
}

/** The least processor time of five runs, milliseconds: other work on the machine only adds to it. */
function processorMs(work: () => unknown): number {
	return Math.min(
		...[1, 2, 3, 4, 5].map(() => {
			const before = process.cpuUsage();
			work();
			return process.cpuUsage(before).user / 1_000;
		}),
	);
}

const rules: Record<string, AnyInputRule | undefined> = createInputRules(systemClock) as never;

const withInput = Object.values(endpoints as Record<string, Endpoint>).filter(
	({ body, query }) => body !== undefined || query !== undefined,
);

it.each(withInput.map((endpoint) => [endpoint.name, endpoint] as const))(
	"judges the longest input of %s without holding up the event loop",
	(name, endpoint) => {
		const read = inputReader(endpoint, rules[name]);
		for (const text of hardTexts) {
			// One field wrong, so that every rule runs and every problem is collected.
			const value = endpoint.body && { ...(largest(endpoint.body, text) as object), unknown: 1 };
			const body = value && Buffer.from(JSON.stringify(value));
			const query = new URLSearchParams(
				Object.keys(endpoint.query?.fields ?? {}).map((field): [string, string] => [field, text(2_000)]),
			);
			const sample = JSON.stringify(text(20));
			const ms = processorMs(() => read({}, `${endpoint.path}?${query}`, body));
			expect({ sample, fast: ms < mostMs || ms }).toEqual({ sample, fast: true });
		}
	},
);
