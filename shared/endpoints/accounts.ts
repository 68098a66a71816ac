import type { Endpoint } from "../endpoint.js";
import { limits } from "../limits.js";
import { boolean, list, object, optional, timestamp } from "../schema.js";
import { accountFields, identifier, nextCursor, oneTimeLink, pageQuery } from "./records.js";

const accountParams = object({ accountId: identifier });

const listedAccount = object({
	...accountFields,
	disabled: boolean({ description: "A disabled account cannot sign in, and its admin keys do not work." }),
	signsIn: boolean({
		description:
			"Whether the account can sign in. False for the built-in account of the command line, which has no password.",
	}),
	lastSignInAt: optional(timestamp()),
});

export const listAccounts = {
	name: "accounts.list",
	method: "GET",
	path: "/v1/accounts",
	caller: "admin",
	scope: "accounts.read",
	role: "operator",
	idempotent: true,
	summary: "List all accounts, newest first",
	query: pageQuery,
	status: 200,
	response: object({ data: list(listedAccount, { maxItems: limits.pageSize }), nextCursor }),
	errors: [],
} as const satisfies Endpoint;

export const changeAnyAccount = {
	name: "accounts.change",
	method: "PATCH",
	path: "/v1/accounts/:accountId",
	caller: "admin",
	scope: "accounts.write",
	role: "operator",
	idempotent: true,
	summary: "Change an account's operator access, or disable or enable it",
	description:
		"Disabling ends the account's sessions and stops its admin keys. The last operator who can sign in cannot be disabled or lose operator access.",
	params: accountParams,
	body: object({ operator: optional(boolean()), disabled: optional(boolean()) }),
	status: 200,
	response: listedAccount,
	errors: ["not_found", "builtin_account", "last_operator"],
} as const satisfies Endpoint;

export const resetAnyAccount = {
	name: "accounts.reset",
	method: "POST",
	path: "/v1/accounts/:accountId/reset",
	caller: "admin",
	scope: "accounts.write",
	role: "operator",
	idempotent: false,
	takesIdempotencyKey: true,
	summary: "Create a password reset link",
	description:
		"Creating a link revokes the previous one. The password does not change until the link is used.",
	params: accountParams,
	status: 200,
	response: object({ link: oneTimeLink, expiresAt: timestamp() }),
	errors: ["not_found", "builtin_account", "account_disabled"],
} as const satisfies Endpoint;

export const deleteAccount = {
	name: "accounts.delete",
	method: "DELETE",
	path: "/v1/accounts/:accountId",
	caller: "admin",
	scope: "accounts.write",
	role: "operator",
	idempotent: true,
	summary: "Delete an account with its sessions, memberships and admin keys",
	description:
		"Fails for the built-in account, the last operator who can sign in, and the last owner of a workspace. What the account did stays in the audit log.",
	params: accountParams,
	status: 204,
	errors: ["not_found", "builtin_account", "last_operator", "last_owner"],
} as const satisfies Endpoint;
