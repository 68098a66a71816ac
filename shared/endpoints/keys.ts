import type { Endpoint } from "../endpoint.js";
import { limits } from "../limits.js";
import {
	anyOf,
	choice,
	clearable,
	list,
	literal,
	object,
	openChoice,
	optional,
	robloxId,
	scope,
	text,
	timestamp,
} from "../schema.js";
import {
	allowedIpList,
	description,
	identifier,
	keyFields,
	keyKinds,
	keyRecord,
	keyStatuses,
	keyWithToken,
	name,
	nextCursor,
	overlapSeconds,
	pageQueryFields,
	placeIdList,
	placeProofs,
	quota,
	rateLimit,
	scopeList,
	workspaceKeyKinds,
} from "./records.js";

const keyParams = object({ keyId: identifier });
const workspaceParams = object({ workspaceId: identifier });

export const createKey = {
	name: "keys.create",
	method: "POST",
	path: "/v1/workspaces/:workspaceId/keys",
	caller: "admin",
	scope: "keys.write",
	role: "admin",
	idempotent: false,
	takesIdempotencyKey: true,
	summary: "Create a key",
	description:
		"The answer holds the token, this once. Names are unique among a workspace's keys that are not revoked, ignoring case.",
	params: workspaceParams,
	body: object({
		name,
		description: optional(description),
		kind: choice(workspaceKeyKinds),
		scopes: scopeList,
		placeIds: optional(placeIdList),
		allowedIps: optional(allowedIpList),
		expiresAt: optional(timestamp({ description: "In the future." })),
		rateLimit: optional(rateLimit),
		quota: optional(quota),
	}),
	status: 201,
	location: "/v1/keys/:id",
	response: keyWithToken,
	errors: ["not_found", "name_taken", "limit_reached"],
} as const satisfies Endpoint;

export const listKeys = {
	name: "keys.list",
	method: "GET",
	path: "/v1/workspaces/:workspaceId/keys",
	caller: "admin",
	scope: "keys.read",
	role: "viewer",
	idempotent: true,
	summary: "List a workspace's keys, newest first",
	params: workspaceParams,
	query: object({
		search: optional(
			text({
				minLength: 1,
				maxLength: limits.nameLength,
				description:
					"Keys with this in their name, ignoring case, and those whose id or token starts with it. Never more of a token than its start.",
			}),
		),
		kind: optional(choice(workspaceKeyKinds)),
		status: optional(
			choice(["active", "disabled", "expired", "revoked"], {
				description:
					"Keys with this status. Idle keys count as active: idleness is only known at the moment of a request.",
			}),
		),
		...pageQueryFields,
	}),
	status: 200,
	response: object({ data: list(keyRecord, { maxItems: limits.pageSize }), nextCursor }),
	errors: ["not_found"],
} as const satisfies Endpoint;

export const getKey = {
	name: "keys.get",
	method: "GET",
	path: "/v1/keys/:keyId",
	caller: "admin",
	scope: "keys.read",
	role: "viewer",
	idempotent: true,
	summary: "Get a key",
	params: keyParams,
	status: 200,
	response: keyRecord,
	errors: ["not_found"],
} as const satisfies Endpoint;

export const changeKey = {
	name: "keys.change",
	method: "PATCH",
	path: "/v1/keys/:keyId",
	caller: "admin",
	scope: "keys.write",
	role: "admin",
	idempotent: true,
	summary: "Change a key",
	description:
		"Fields left out stay as they are; null clears the fields that can be cleared. A revoked key cannot be changed.",
	params: keyParams,
	body: object({
		name: optional(name),
		description: clearable(description),
		scopes: optional(scopeList),
		placeIds: optional(placeIdList),
		allowedIps: optional(allowedIpList),
		expiresAt: clearable(timestamp({ description: "In the future." })),
		rateLimit: clearable(rateLimit),
		quota: clearable(quota),
	}),
	status: 200,
	response: keyRecord,
	errors: ["not_found", "key_already_revoked", "name_taken"],
} as const satisfies Endpoint;

export const disableKey = {
	name: "keys.disable",
	method: "POST",
	path: "/v1/keys/:keyId/disable",
	caller: "admin",
	scope: "keys.write",
	role: "admin",
	idempotent: true,
	summary: "Pause a key; enabling it makes it good again",
	params: keyParams,
	status: 200,
	response: keyRecord,
	errors: ["not_found", "key_already_revoked"],
} as const satisfies Endpoint;

export const enableKey = {
	name: "keys.enable",
	method: "POST",
	path: "/v1/keys/:keyId/enable",
	caller: "admin",
	scope: "keys.write",
	role: "admin",
	idempotent: true,
	summary: "Enable a paused key",
	params: keyParams,
	status: 200,
	response: keyRecord,
	errors: ["not_found", "key_already_revoked"],
} as const satisfies Endpoint;

export const revokeKey = {
	name: "keys.revoke",
	method: "POST",
	path: "/v1/keys/:keyId/revoke",
	caller: "admin",
	scope: "keys.write",
	role: "admin",
	idempotent: true,
	summary: "Revoke a key for good",
	description: "Every token of the key is refused within a second, on every instance. This cannot be undone.",
	params: keyParams,
	status: 200,
	response: keyRecord,
	errors: ["not_found"],
} as const satisfies Endpoint;

export const rotateKey = {
	name: "keys.rotate",
	method: "POST",
	path: "/v1/keys/:keyId/rotate",
	caller: "admin",
	scope: "keys.write",
	role: "admin",
	idempotent: false,
	takesIdempotencyKey: true,
	summary: "Give a key a new token",
	description:
		"The answer holds the new token, this once. The token before it is honoured for the overlap; while that runs, only a rotation with an overlap of 0 is taken, which ends every older token at once.",
	params: keyParams,
	body: object({
		overlapSeconds: optional(overlapSeconds),
	}),
	status: 200,
	response: keyWithToken,
	errors: ["not_found", "key_already_revoked", "rotation_overlap", "rotation_conflict"],
} as const satisfies Endpoint;

export const deleteKey = {
	name: "keys.delete",
	method: "DELETE",
	path: "/v1/keys/:keyId",
	caller: "admin",
	scope: "keys.write",
	role: "admin",
	idempotent: true,
	summary: "Delete a revoked key's record",
	params: keyParams,
	status: 204,
	errors: ["not_found", "key_not_revoked"],
} as const satisfies Endpoint;

export const introspectKey = {
	name: "keys.introspect",
	method: "POST",
	path: "/v1/keys/introspect",
	caller: "service",
	scope: "keys.introspect",
	idempotent: true,
	summary: "Ask whether a token presented by somebody else is good",
	description:
		"For another backend that receives a game's key. Answers for game and service keys of the calling key's own workspace; any other token is `key_unknown`. Every check of a direct call is made: a game key without `placeId` is `place_missing`, and a granted answer counts as a call of that key.",
	body: object({
		token: text({ minLength: 1, maxLength: limits.tokenLength }),
		placeId: optional(robloxId({ description: "The Roblox-Id header of the call you received." })),
		address: optional(
			text({
				minLength: 2,
				maxLength: 45,
				description: "The address the call you received came from; needed for keys with an IP allow-list.",
			}),
		),
		scope: optional(scope({ description: "Ask whether the key holds this scope." })),
	}),
	status: 200,
	response: anyOf([
		object({
			active: literal(true),
			workspace: object({ id: identifier, name: text({ maxLength: limits.nameLength }) }),
			key: object({
				id: keyFields.id,
				kind: openChoice(keyKinds),
				status: openChoice(keyStatuses),
				name: keyFields.name,
				scopes: keyFields.scopes,
				expiresAt: keyFields.expiresAt,
				rotateBy: optional(timestamp()),
			}),
			place: optional(
				object({
					id: robloxId(),
					name: optional(text({ maxLength: limits.nameLength })),
					proof: openChoice(placeProofs),
				}),
			),
		}),
		object({
			active: literal(false),
			code: text({ maxLength: 64, description: "Why not: a code of the error catalogue." }),
		}),
	]),
	errors: [],
} as const satisfies Endpoint;
