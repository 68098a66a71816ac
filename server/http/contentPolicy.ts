import type { ServerResponse } from "node:http";

/**
 * What a browser lets a page do: it is served whole from here, and nothing is loaded from, or sent, anywhere else.
 *
 * See docs/decisions/0012-style-nonce.md
 */
export const contentPolicy = {
	useDefaults: false,
	directives: {
		defaultSrc: ["'none'"],
		scriptSrc: ["'self'"],
		styleSrc: ["'self'"],
		imgSrc: ["'self'", "data:"],
		fontSrc: ["'self'"],
		connectSrc: ["'self'"],
		baseUri: ["'none'"],
		formAction: ["'self'"],
		frameAncestors: ["'none'"],
	},
};

/**
 * The same for a page whose component library writes style elements: those
 * that carry this answer's nonce count. `nonceOf` gives it.
 */
export function policyWithStyleNonce(nonceOf: (response: ServerResponse) => string) {
	const styleSrc = [
		...contentPolicy.directives.styleSrc,
		(_request: unknown, response: ServerResponse) => `'nonce-${nonceOf(response)}'`,
	];
	return { ...contentPolicy, directives: { ...contentPolicy.directives, styleSrc } };
}
