import {
	changeAccount,
	changePassword,
	createAccountKey,
	deleteAccountKey,
	endOneSession,
	getAccount,
	listAccountKeys,
	listSessions,
	revokeAccountKey,
	rotateAccountKey,
} from "./account.js";
import { changeAnyAccount, deleteAccount, listAccounts, resetAnyAccount } from "./accounts.js";
import { getActivity } from "./activity.js";
import { exportAudit, exportInstanceAudit, listAudit, listInstanceAudit } from "./audit.js";
import { listDenials } from "./denials.js";
import { live, ready } from "./health.js";
import {
	acceptInvitation,
	createInvitation,
	deleteInvitation,
	joinWorkspace,
	listInvitations,
	showInvitation,
} from "./invitations.js";
import {
	changeKey,
	createKey,
	deleteKey,
	disableKey,
	enableKey,
	getKey,
	introspectKey,
	listKeys,
	revokeKey,
	rotateKey,
} from "./keys.js";
import { changeMember, listMembers, removeMember } from "./members.js";
import { changePlace, deletePlace, listPlaces, putPlace } from "./places.js";
import {
	createFirstAccount,
	createSession,
	endSession,
	getSession,
	getSetup,
	resetPassword,
	showPasswordReset,
} from "./session.js";
import { getUsage } from "./usage.js";
import { verify } from "./verify.js";
import {
	changeWorkspace,
	createWorkspace,
	deleteWorkspace,
	getWorkspace,
	listWorkspaces,
} from "./workspaces.js";

/** The whole API: every endpoint by its name. */
export const endpoints = {
	[verify.name]: verify,
	[introspectKey.name]: introspectKey,
	[createWorkspace.name]: createWorkspace,
	[listWorkspaces.name]: listWorkspaces,
	[getWorkspace.name]: getWorkspace,
	[changeWorkspace.name]: changeWorkspace,
	[deleteWorkspace.name]: deleteWorkspace,
	[listPlaces.name]: listPlaces,
	[putPlace.name]: putPlace,
	[changePlace.name]: changePlace,
	[deletePlace.name]: deletePlace,
	[createKey.name]: createKey,
	[listKeys.name]: listKeys,
	[getKey.name]: getKey,
	[changeKey.name]: changeKey,
	[disableKey.name]: disableKey,
	[enableKey.name]: enableKey,
	[revokeKey.name]: revokeKey,
	[rotateKey.name]: rotateKey,
	[deleteKey.name]: deleteKey,
	[listAudit.name]: listAudit,
	[exportAudit.name]: exportAudit,
	[listInstanceAudit.name]: listInstanceAudit,
	[exportInstanceAudit.name]: exportInstanceAudit,
	[getUsage.name]: getUsage,
	[getActivity.name]: getActivity,
	[listDenials.name]: listDenials,
	[getSetup.name]: getSetup,
	[createFirstAccount.name]: createFirstAccount,
	[createSession.name]: createSession,
	[getSession.name]: getSession,
	[endSession.name]: endSession,
	[showPasswordReset.name]: showPasswordReset,
	[resetPassword.name]: resetPassword,
	[getAccount.name]: getAccount,
	[changeAccount.name]: changeAccount,
	[changePassword.name]: changePassword,
	[listSessions.name]: listSessions,
	[endOneSession.name]: endOneSession,
	[listAccountKeys.name]: listAccountKeys,
	[createAccountKey.name]: createAccountKey,
	[rotateAccountKey.name]: rotateAccountKey,
	[revokeAccountKey.name]: revokeAccountKey,
	[deleteAccountKey.name]: deleteAccountKey,
	[listAccounts.name]: listAccounts,
	[changeAnyAccount.name]: changeAnyAccount,
	[resetAnyAccount.name]: resetAnyAccount,
	[deleteAccount.name]: deleteAccount,
	[listMembers.name]: listMembers,
	[changeMember.name]: changeMember,
	[removeMember.name]: removeMember,
	[listInvitations.name]: listInvitations,
	[createInvitation.name]: createInvitation,
	[deleteInvitation.name]: deleteInvitation,
	[showInvitation.name]: showInvitation,
	[acceptInvitation.name]: acceptInvitation,
	[joinWorkspace.name]: joinWorkspace,
	[live.name]: live,
	[ready.name]: ready,
} as const;

export type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;
