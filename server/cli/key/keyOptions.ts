import type { Command } from "commander";
import { changeKey, createKey } from "../../../shared/endpoints/keys.js";
import { integer, object, optional } from "../../../shared/schema.js";
import type { FieldProblem } from "../../core/problem.js";
import { extractPlaceId } from "../../isomorphic/extractPlaceId.js";
import { keyFieldProblems } from "../../keys/keyRules.js";
import { cleared, commaList, digitsToNumber, momentIn, orNone } from "../support/readOptions.js";

/** The fields of a key as options, the same for making and for changing one. */
export interface GivenKeyFields {
	readonly name?: string;
	readonly description?: string;
	readonly scopes?: string;
	readonly placeIds?: string;
	readonly allowedIps?: string;
	readonly expiresAt?: string;
	readonly expiresDays?: string;
	readonly rateLimit?: string;
	readonly quota?: string;
}

export function addKeyFields(command: Command): Command {
	return command
		.option("--description <text>", "what it is for")
		.option("--scopes <scopes>", "what it may do, separated by commas")
		.option("--place-ids <places>", "narrow a game key to these places, ids or links, separated by commas")
		.option("--allowed-ips <addresses>", "addresses and CIDR ranges it may be used from, separated by commas")
		.option("--expires-days <days>", "days until it expires")
		.option("--expires-at <time>", "when it expires: 2027-01-31, or 2027-01-31T12:00:00Z")
		.option("--rate-limit <calls/seconds>", "most calls in any window of so many seconds: 100/60")
		.option("--quota <calls/period>", "most calls in a UTC day or calendar month: 1000000/month");
}

const expiresDays = { expiresDays: optional(integer({ minimum: 1, maximum: 3650 })) };
export const newKeyShape = object({ ...createKey.body.fields, ...expiresDays });
export const changedKeyShape = object({ ...changeKey.body.fields, ...expiresDays });

/** What was typed, as values for either shape. `none` clears what may be absent. */
export function keyFieldValues(given: GivenKeyFields) {
	return {
		name: given.name,
		description: given.description === "" ? null : given.description,
		scopes: listIn(given.scopes),
		placeIds: listIn(given.placeIds)?.map((place) => extractPlaceId(place) ?? place),
		allowedIps: listIn(given.allowedIps),
		expiresAt: orNone(given.expiresAt, momentIn),
		expiresDays: digitsToNumber(given.expiresDays),
		rateLimit: orNone(given.rateLimit, (text) => {
			const parts = partsOf(text);
			return parts && { limit: digitsToNumber(parts[0]), windowSeconds: digitsToNumber(parts[1]) };
		}),
		quota: orNone(given.quota, (text) => {
			const parts = partsOf(text);
			return parts && { limit: digitsToNumber(parts[0]), period: parts[1] };
		}),
	};
}

/** What is wrong beyond the shapes: the domain's rules, and what only the command line can get wrong. */
export function keyFieldFaults(kind: "game" | "service", given: GivenKeyFields, now: number): FieldProblem[] {
	const { expiresAt, ...fields } = keyFieldValues(given);
	const at = typeof expiresAt === "string" ? Date.parse(expiresAt) : undefined;
	const faults = keyFieldProblems(kind, { ...fields, expiresAt: at }, now);
	for (const [path, form] of Object.entries(pairs)) {
		const text = given[path as keyof typeof pairs];
		if (orNone(text, partsOf) === undefined && text !== undefined) {
			faults.push({ path, message: `must be ${form}` });
		}
	}
	if (given.expiresAt !== undefined && given.expiresDays !== undefined) {
		faults.push({ path: "expiresDays", message: "cannot be given together with --expires-at" });
	}
	return faults;
}

/** When the key is to expire, milliseconds since the epoch: null for never, undefined when nothing was said. */
export function expiryIn(
	input: { readonly expiresAt?: string | null; readonly expiresDays?: number },
	now: number,
): number | null | undefined {
	if (input.expiresDays !== undefined) return now + input.expiresDays * 86_400_000;
	return typeof input.expiresAt === "string" ? Date.parse(input.expiresAt) : input.expiresAt;
}

function listIn(text: string | undefined): string[] | undefined {
	if (text === undefined) return undefined;
	return text.trim() === cleared ? [] : commaList(text);
}

/** What a rate limit and a quota look like. */
const pairs = {
	rateLimit: "calls/seconds, such as 100/60",
	quota: "calls/period, such as 1000000/month",
} as const;

/** The two sides of `100/60`; undefined for what has none or more. The shape says what is wrong with them. */
function partsOf(text: string): readonly [string, string] | undefined {
	const [calls = "", per = "", ...more] = text.split("/").map((part) => part.trim());
	return calls === "" || per === "" || more.length > 0 ? undefined : [calls, per];
}
