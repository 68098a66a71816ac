import { type ErrorEntry, errors } from "./errors.js";

const catalogue = errors as unknown as { readonly [code: string]: ErrorEntry | undefined };

/** The catalogue's entry for a code, or undefined for a code this version does not know. */
export function errorEntry(code: string): ErrorEntry | undefined {
	return catalogue[code];
}
