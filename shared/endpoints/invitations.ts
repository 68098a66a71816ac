import type { Endpoint } from "../endpoint.js";
import { limits } from "../limits.js";
import { choice, list, object, openChoice, optional, text, timestamp } from "../schema.js";
import {
	accountName,
	identifier,
	invitationFields,
	linkCode,
	name,
	newPassword,
	oneTimeLink,
	roles,
	signedIn,
	workspaceRecord,
} from "./records.js";

const workspaceParams = object({ workspaceId: identifier });

export const listInvitations = {
	name: "invitations.list",
	method: "GET",
	path: "/v1/workspaces/:workspaceId/invitations",
	caller: "admin",
	scope: "members.read",
	role: "owner",
	idempotent: true,
	summary: "List a workspace's pending invitations, newest first",
	description: "Without their links, which are only shown when they are created.",
	params: workspaceParams,
	status: 200,
	response: object({
		data: list(object(invitationFields), { maxItems: limits.invitationsPerWorkspace }),
	}),
	errors: ["not_found"],
} as const satisfies Endpoint;

export const createInvitation = {
	name: "invitations.create",
	method: "POST",
	path: "/v1/workspaces/:workspaceId/invitations",
	caller: "admin",
	scope: "members.write",
	role: "owner",
	idempotent: false,
	takesIdempotencyKey: true,
	summary: "Create an invitation link to a workspace",
	description:
		"The response contains the link, which cannot be shown again. Send it to the person yourself. It is valid for 7 days.",
	params: workspaceParams,
	body: object({ role: choice(roles), note: optional(name) }),
	status: 201,
	location: "/v1/workspaces/:workspaceId/invitations/:id",
	response: object({ ...invitationFields, link: oneTimeLink }),
	errors: ["not_found", "limit_reached"],
} as const satisfies Endpoint;

export const deleteInvitation = {
	name: "invitations.delete",
	method: "DELETE",
	path: "/v1/workspaces/:workspaceId/invitations/:invitationId",
	caller: "admin",
	scope: "members.write",
	role: "owner",
	idempotent: true,
	summary: "Revoke an invitation",
	params: object({ workspaceId: identifier, invitationId: identifier }),
	status: 204,
	errors: ["not_found"],
} as const satisfies Endpoint;

export const showInvitation = {
	name: "invitations.show",
	method: "POST",
	path: "/v1/invitations/show",
	caller: "public",
	idempotent: true,
	summary: "Look up an invitation link",
	body: object({ code: linkCode }),
	status: 200,
	response: object({
		workspace: object({ id: identifier, name: text({ maxLength: limits.nameLength }) }),
		role: openChoice(roles),
		expiresAt: timestamp(),
	}),
	errors: ["link_invalid", "csrf_failed", "too_many_failures"],
} as const satisfies Endpoint;

export const acceptInvitation = {
	name: "invitations.accept",
	method: "POST",
	path: "/v1/invitations/accept",
	caller: "public",
	idempotent: false,
	summary: "Create an account with an invitation, join the workspace and sign in",
	body: object({ code: linkCode, name: accountName, password: newPassword }),
	status: 201,
	location: "/v1/account",
	response: signedIn,
	errors: ["link_invalid", "name_taken", "limit_reached", "csrf_failed", "too_many_failures"],
} as const satisfies Endpoint;

export const joinWorkspace = {
	name: "invitations.join",
	method: "POST",
	path: "/v1/account/invitations",
	caller: "session",
	idempotent: false,
	summary: "Join a workspace with the signed-in account",
	description:
		"Fails with `already_member` when the account already has this role or a higher one. The invitation then stays valid.",
	body: object({ code: linkCode }),
	status: 200,
	response: workspaceRecord,
	errors: ["link_invalid", "already_member", "limit_reached"],
} as const satisfies Endpoint;
