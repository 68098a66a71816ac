import type { Endpoint } from "../endpoint.js";
import { boolean, object, text, timestamp } from "../schema.js";
import { accountName, linkCode, newPassword, password, signedIn } from "./records.js";

/** Every answer with `signedIn` also sets the session's cookie, which scripts cannot read. */

export const getSetup = {
	name: "setup.get",
	method: "GET",
	path: "/v1/setup",
	caller: "public",
	idempotent: true,
	summary: "Whether the first account is still to be made",
	status: 200,
	response: object({ needed: boolean() }),
	errors: [],
} as const satisfies Endpoint;

export const createFirstAccount = {
	name: "setup.create",
	method: "POST",
	path: "/v1/setup",
	caller: "public",
	idempotent: false,
	summary: "Make the first account, an instance operator, and sign in",
	description: "With the code of the set-up link, which the server prints on its first start.",
	body: object({ code: linkCode, name: accountName, password: newPassword }),
	status: 201,
	location: "/v1/account",
	response: signedIn,
	errors: ["link_invalid", "name_taken", "setup_done", "csrf_failed", "too_many_failures"],
} as const satisfies Endpoint;

export const createSession = {
	name: "session.create",
	method: "POST",
	path: "/v1/session",
	caller: "public",
	idempotent: false,
	summary: "Sign in",
	description:
		"The answer, and how long it takes, do not tell whether there is an account of this name. After several wrong passwords for a name or from an address more are refused for a while, right ones included.",
	body: object({ name: text({ minLength: 1, maxLength: 100 }), password }),
	status: 201,
	location: "/v1/session",
	response: signedIn,
	errors: ["sign_in_failed", "csrf_failed", "too_many_failures"],
} as const satisfies Endpoint;

export const getSession = {
	name: "session.get",
	method: "GET",
	path: "/v1/session",
	caller: "session",
	idempotent: true,
	summary: "Who is signed in",
	status: 200,
	response: signedIn,
	errors: [],
} as const satisfies Endpoint;

export const endSession = {
	name: "session.end",
	method: "DELETE",
	path: "/v1/session",
	caller: "session",
	idempotent: true,
	summary: "Sign out",
	status: 204,
	errors: [],
} as const satisfies Endpoint;

export const showPasswordReset = {
	name: "password-resets.show",
	method: "POST",
	path: "/v1/password-resets/show",
	caller: "public",
	idempotent: true,
	summary: "Whose password a link lets choose",
	body: object({ code: linkCode }),
	status: 200,
	response: object({ name: text({ maxLength: 100 }), expiresAt: timestamp() }),
	errors: ["link_invalid", "csrf_failed", "too_many_failures"],
} as const satisfies Endpoint;

export const resetPassword = {
	name: "password-resets.use",
	method: "POST",
	path: "/v1/password-resets",
	caller: "public",
	idempotent: false,
	summary: "Choose a new password with a link, and sign in",
	description: "Ends all other sessions of the account.",
	body: object({ code: linkCode, password: newPassword }),
	status: 201,
	location: "/v1/session",
	response: signedIn,
	errors: ["link_invalid", "csrf_failed", "too_many_failures"],
} as const satisfies Endpoint;
