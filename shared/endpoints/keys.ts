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
		"The response contains the token, which cannot be shown again. Names are unique among a workspace's keys that are not revoked, ignoring case.",
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
					"Keys with this in their name, ignoring case, or at the start of their ID or token. Never send more of a token than its start.",
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
		"Omitted fields do not change; null clears a field that can be cleared. A revoked key cannot be changed.",
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
	summary: "Disable a key until it is enabled again",
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
	summary: "Enable a disabled key",
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
	summary: "Permanently revoke a key",
	description:
		"Requests with any token of the key are denied within a second, on every server instance. This cannot be undone.",
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
	summary: "Rotate a key: give it a new token",
	description:
		"The response contains the new token, which cannot be shown again. The previous token stays valid for the overlap. During the overlap the key can only be rotated with an overlap of 0, which revokes every older token immediately.",
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
	summary: "Delete a revoked key",
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
	summary: "Check whether a token you received is valid",
	description:
		"For a backend that receives requests with a game's key. Covers game and service keys of the calling key's own workspace; any other token is `key_unknown`. The token is checked like one used directly: a game key without `placeId` is `place_missing`, and a granted check counts as a request of that key.",
	body: object({
		token: text({ minLength: 1, maxLength: limits.tokenLength }),
		placeId: optional(robloxId({ description: "The Roblox-Id header of the request you received." })),
		address: optional(
			text({
				minLength: 2,
				maxLength: 45,
				description: "The IP address of the request you received. Needed for keys with allowedIps.",
			}),
		),
		scope: optional(scope({ description: "Also check whether the key has this scope." })),
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
			code: text({ maxLength: 64, description: "The reason: a code of the error catalogue." }),
		}),
	]),
	errors: [],
} as const satisfies Endpoint;
