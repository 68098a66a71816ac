import type { Endpoint } from "../endpoint.js";
import { boolean, object, text, timestamp } from "../schema.js";
import { accountName, linkCode, newPassword, password, signedIn } from "./records.js";

/** Every response with `signedIn` also sets the session's cookie, which scripts cannot read. */

export const getSetup = {
	name: "setup.get",
	method: "GET",
	path: "/v1/setup",
	caller: "public",
	idempotent: true,
	summary: "Check whether the first account has yet to be created",
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
	summary: "Create the first account, an operator, and sign in",
	description: "Takes the code of the setup link, which the server prints on its first start.",
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
		"Neither the response nor its timing reveals whether the account exists. After several attempts for a name or from an IP address, further ones fail for a while, even with the right password.",
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
	summary: "Get the current session",
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
	summary: "Look up a reset link",
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
	summary: "Set a new password with a reset link, and sign in",
	description: "Ends all other sessions of the account.",
	body: object({ code: linkCode, password: newPassword }),
	status: 201,
	location: "/v1/session",
	response: signedIn,
	errors: ["link_invalid", "csrf_failed", "too_many_failures"],
} as const satisfies Endpoint;
