import type { ServerResponse } from "node:http";

/**
 * The Content-Security-Policy of every page: nothing is loaded from or sent to another host.
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
 * The same for a page whose component library adds style elements: those that
 * carry the response's nonce (`nonceOf`) are allowed.
 */
export function policyWithStyleNonce(nonceOf: (response: ServerResponse) => string) {
	const styleSrc = [
		...contentPolicy.directives.styleSrc,
		(_request: unknown, response: ServerResponse) => `'nonce-${nonceOf(response)}'`,
	];
	return { ...contentPolicy, directives: { ...contentPolicy.directives, styleSrc } };
}
