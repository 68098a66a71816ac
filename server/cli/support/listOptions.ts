import type { Command } from "commander";
import { integer, object, optional } from "../../../shared/schema.js";
import { digitsToNumber, readOptions } from "./readOptions.js";

export interface GivenListOptions {
	readonly limit?: string;
	readonly json?: true;
}

export const limitField = { limit: optional(integer({ minimum: 1, maximum: 1_000_000_000 })) };

/** `--limit` and `--json`, the same for every list. */
export function addListOptions(command: Command): Command {
	return command
		.option("--limit <count>", "maximum rows, newest first (default: all)")
		.option("--json", "print one JSON object per line, as the API returns it");
}

export function readListOptions({ limit, json }: GivenListOptions): { limit?: number; json?: true } {
	return { ...readOptions(object(limitField), { limit: digitsToNumber(limit) }), json };
}
