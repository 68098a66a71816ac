import { live, ready } from "./health.js";
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
import { changePlace, deletePlace, listPlaces, putPlace } from "./places.js";
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
	[live.name]: live,
	[ready.name]: ready,
} as const;

export type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;
