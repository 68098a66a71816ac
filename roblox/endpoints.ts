import { verify } from "../shared/endpoints/verify.js";

/** The endpoints that a game key may call, by name, for `connection.call(endpoint, …)`. */
export const endpoints = {
	[verify.name]: verify,
} as const;
