import type { Endpoint } from "../endpoint.js";
import { limits } from "../limits.js";
import { boolean, list, object, optional, text, timestamp } from "../schema.js";
import {
	accountName,
	accountRecord,
	allowedIpList,
	description,
	identifier,
	keyRecord,
	keyWithToken,
	name,
	newPassword,
	nextCursor,
	overlapSeconds,
	pageQuery,
	password,
	quota,
	rateLimit,
	scopeList,
} from "./records.js";

const keyParams = object({ keyId: identifier });

export const getAccount = {
	name: "account.get",
	method: "GET",
	path: "/v1/account",
	caller: "admin",
	scope: "account.read",
	idempotent: true,
	summary: "Get the account that the request acts for",
	status: 200,
	response: accountRecord,
	errors: [],
} as const satisfies Endpoint;

export const changeAccount = {
	name: "account.change",
	method: "PATCH",
	path: "/v1/account",
	caller: "session",
	idempotent: true,
	summary: "Rename the account",
	body: object({ name: optional(accountName) }),
	status: 200,
	response: accountRecord,
	errors: ["name_taken"],
} as const satisfies Endpoint;

export const changePassword = {
	name: "account.change-password",
	method: "POST",
	path: "/v1/account/password",
	caller: "session",
	idempotent: true,
	summary: "Change the password",
	description: "Ends all other sessions of the account.",
	body: object({ currentPassword: password, newPassword }),
	status: 204,
	errors: ["sign_in_failed", "too_many_failures"],
} as const satisfies Endpoint;

export const listSessions = {
	name: "sessions.list",
	method: "GET",
	path: "/v1/account/sessions",
	caller: "session",
	idempotent: true,
	summary: "List the account's sessions, newest first",
	status: 200,
	response: object({
		data: list(
			object({
				id: identifier,
				current: boolean({ description: "Whether this is the session of the request." }),
				address: text({ maxLength: 64, description: "The IP address it was started from." }),
				userAgent: optional(text({ maxLength: 300, description: "The browser it was started with." })),
				createdAt: timestamp(),
				lastSeenAt: timestamp({ description: "Up to 5 minutes behind." }),
				expiresAt: timestamp(),
			}),
			{ maxItems: limits.sessionsPerAccount },
		),
	}),
	errors: [],
} as const satisfies Endpoint;

export const endOneSession = {
	name: "sessions.end",
	method: "DELETE",
	path: "/v1/account/sessions/:sessionId",
	caller: "session",
	idempotent: true,
	summary: "End one of the account's sessions",
	params: object({ sessionId: identifier }),
	status: 204,
	errors: ["not_found"],
} as const satisfies Endpoint;

export const listAccountKeys = {
	name: "account-keys.list",
	method: "GET",
	path: "/v1/account/keys",
	caller: "admin",
	scope: "account-keys.read",
	idempotent: true,
	summary: "List the account's admin keys, newest first",
	query: pageQuery,
	status: 200,
	response: object({ data: list(keyRecord, { maxItems: limits.pageSize }), nextCursor }),
	errors: [],
} as const satisfies Endpoint;

export const createAccountKey = {
	name: "account-keys.create",
	method: "POST",
	path: "/v1/account/keys",
	caller: "admin",
	scope: "account-keys.write",
	idempotent: false,
	takesIdempotencyKey: true,
	summary: "Create an admin key that acts for the account",
	description:
		"The response contains the token, which cannot be shown again. The key can do what both its scopes and the account's current role allow.",
	body: object({
		name,
		description: optional(description),
		scopes: scopeList,
		allowedIps: optional(allowedIpList),
		expiresAt: optional(timestamp({ description: "In the future." })),
		rateLimit: optional(rateLimit),
		quota: optional(quota),
	}),
	status: 201,
	location: "/v1/account/keys/:id",
	response: keyWithToken,
	errors: ["name_taken", "limit_reached"],
} as const satisfies Endpoint;

export const rotateAccountKey = {
	name: "account-keys.rotate",
	method: "POST",
	path: "/v1/account/keys/:keyId/rotate",
	caller: "admin",
	scope: "account-keys.write",
	idempotent: false,
	takesIdempotencyKey: true,
	summary: "Rotate one of the account's admin keys",
	description: "The response contains the new token, which cannot be shown again.",
	params: keyParams,
	body: object({
		overlapSeconds: optional(overlapSeconds),
	}),
	status: 200,
	response: keyWithToken,
	errors: ["not_found", "key_already_revoked", "rotation_overlap", "rotation_conflict"],
} as const satisfies Endpoint;

export const revokeAccountKey = {
	name: "account-keys.revoke",
	method: "POST",
	path: "/v1/account/keys/:keyId/revoke",
	caller: "admin",
	scope: "account-keys.write",
	idempotent: true,
	summary: "Permanently revoke one of the account's admin keys",
	params: keyParams,
	status: 200,
	response: keyRecord,
	errors: ["not_found"],
} as const satisfies Endpoint;

export const deleteAccountKey = {
	name: "account-keys.delete",
	method: "DELETE",
	path: "/v1/account/keys/:keyId",
	caller: "admin",
	scope: "account-keys.write",
	idempotent: true,
	summary: "Delete one of the account's revoked admin keys",
	params: keyParams,
	status: 204,
	errors: ["not_found", "key_not_revoked"],
} as const satisfies Endpoint;
