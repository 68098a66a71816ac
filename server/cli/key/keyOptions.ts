import type { Command } from "commander";
import { changeKey, createKey } from "../../../shared/endpoints/keys.js";
import { integer, object, optional } from "../../../shared/schema.js";
import type { FieldProblem } from "../../core/problem.js";
import { extractPlaceId } from "../../isomorphic/extractPlaceId.js";
import { keyFieldProblems } from "../../keys/keyRules.js";
import { clearWord, commaList, dayToTime, digitsToNumber, parseClearable } from "../support/readOptions.js";

/** The fields of a key as options, the same for creating and changing one. */
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
		.option("--scopes <scopes>", "what it may do, comma-separated")
		.option("--place-ids <places>", "limit a game key to these places: IDs or links, comma-separated")
		.option("--allowed-ips <addresses>", "IP addresses and CIDR ranges it may be used from, comma-separated")
		.option("--expires-days <days>", "days until it expires")
		.option("--expires-at <time>", "when it expires: 2027-01-31 or 2027-01-31T12:00:00Z")
		.option("--rate-limit <requests/seconds>", "maximum requests in a sliding window: 100/60")
		.option("--quota <requests/period>", "maximum requests per UTC day or month: 1000000/month");
}

const expiresDays = { expiresDays: optional(integer({ minimum: 1, maximum: 3650 })) };
export const newKeyShape = object({ ...createKey.body.fields, ...expiresDays });
export const changedKeyShape = object({ ...changeKey.body.fields, ...expiresDays });

/** Parses the options into values for either shape. `none` clears optional fields. */
export function keyFieldValues(given: GivenKeyFields) {
	return {
		name: given.name,
		description: given.description === "" ? null : given.description,
		scopes: parseList(given.scopes),
		placeIds: parseList(given.placeIds)?.map((place) => extractPlaceId(place) ?? place),
		allowedIps: parseList(given.allowedIps),
		expiresAt: parseClearable(given.expiresAt, dayToTime),
		expiresDays: digitsToNumber(given.expiresDays),
		rateLimit: parseClearable(given.rateLimit, (text) => {
			const parts = splitPair(text);
			return parts && { limit: digitsToNumber(parts[0]), windowSeconds: digitsToNumber(parts[1]) };
		}),
		quota: parseClearable(given.quota, (text) => {
			const parts = splitPair(text);
			return parts && { limit: digitsToNumber(parts[0]), period: parts[1] };
		}),
	};
}

/** Problems beyond the shapes: the rules of the domain, and the syntax of the options. */
export function keyOptionProblems(
	kind: "game" | "service",
	given: GivenKeyFields,
	now: number,
): FieldProblem[] {
	const { expiresAt, ...fields } = keyFieldValues(given);
	const at = typeof expiresAt === "string" ? Date.parse(expiresAt) : undefined;
	const problems = keyFieldProblems(kind, { ...fields, expiresAt: at }, now);
	for (const [path, form] of Object.entries(pairForms)) {
		const text = given[path as keyof typeof pairForms];
		if (parseClearable(text, splitPair) === undefined && text !== undefined) {
			problems.push({ path, message: `must be ${form}` });
		}
	}
	if (given.expiresAt !== undefined && given.expiresDays !== undefined) {
		problems.push({ path: "expiresDays", message: "cannot be combined with --expires-at" });
	}
	return problems;
}

/** When the key expires, in milliseconds since the epoch: null for never, undefined if not given. */
export function resolveExpiry(
	input: { readonly expiresAt?: string | null; readonly expiresDays?: number },
	now: number,
): number | null | undefined {
	if (input.expiresDays !== undefined) return now + input.expiresDays * 86_400_000;
	return typeof input.expiresAt === "string" ? Date.parse(input.expiresAt) : input.expiresAt;
}

function parseList(text: string | undefined): string[] | undefined {
	if (text === undefined) return undefined;
	return text.trim() === clearWord ? [] : commaList(text);
}

/** The syntax of a rate limit and a quota. */
const pairForms = {
	rateLimit: "requests/seconds, such as 100/60",
	quota: "requests/period, such as 1000000/month",
} as const;

/** Splits `100/60` into its two parts; undefined without exactly two. The shape checks the parts. */
function splitPair(text: string): readonly [string, string] | undefined {
	const [limit = "", per = "", ...more] = text.split("/").map((part) => part.trim());
	return limit === "" || per === "" || more.length > 0 ? undefined : [limit, per];
}
