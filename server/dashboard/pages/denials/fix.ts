import { addressList, addressProblem } from "@isomorphic/addresses.js";
import type { keyRecord, placeRecord, workspaceRecord } from "@shared/endpoints/records.js";
import { type ErrorCode, errors } from "@shared/errors.js";
import { limits } from "@shared/limits.js";
import type { Infer } from "@shared/schema.js";
import { everyScope, scopes } from "@shared/scopes.js";
import { type Denial, deniedKeyName } from "./denial.js";

/** What is so now, which may be another thing than when the call was refused. */
export interface Situation {
	readonly workspace: Pick<Infer<typeof workspaceRecord>, "status" | "placeProof">;
	/** Absent: it was deleted since. */
	readonly key?: Infer<typeof keyRecord>;
	readonly places: readonly Infer<typeof placeRecord>[];
}

/** A change that lets the refused call through; done in the order they are given. */
export type Step =
	| { readonly type: "allow-place" | "activate-place" | "add-place-to-key"; readonly placeId: string }
	| { readonly type: "add-address-to-key"; readonly address: string }
	| { readonly type: "add-scope-to-key"; readonly scope: string }
	| { readonly type: "enable-key" | "extend-key" | "resume-workspace" };

/** The one thing to do about a refusal. */
export type Fix =
	/** Nothing stands in the way any more. */
	| { readonly kind: "done"; readonly text: string }
	/** It can be done here and now. */
	| {
			readonly kind: "apply";
			readonly steps: readonly Step[];
			/** What the button says. */
			readonly label: string;
			/** What will be so then, beyond the call that was refused. */
			readonly consequence: string;
			/** What is so once it is done. */
			readonly done: string;
			/** The least role that may. */
			readonly role: "admin" | "owner";
	  }
	/** It is done on another page. */
	| {
			readonly kind: "link";
			readonly text: string;
			readonly label: string;
			readonly to: "key" | "newKey" | "settings";
	  }
	/** It is done in the game, or on the server. */
	| { readonly kind: "explain"; readonly text: string };

/** By how many days a key that has expired is extended. */
export const extensionDays = 30;

/** What would let a call like the refused one through, as things are now. */
export function fixFor(denial: Denial, situation: Situation): Fix {
	const { key } = situation;
	if (key === undefined) {
		return {
			kind: "explain",
			text: "The key was deleted since. Its token is unknown now, wherever it is used.",
		};
	}
	if (key.state === "revoked") {
		const text = `The key is revoked, and that is final. A new key's token has to take its place.`;
		return { kind: "link", text, label: "Create a key", to: "newKey" };
	}
	const fix = fixes[denial.code];
	if (fix !== undefined) return fix(denial, key, situation);
	const known = errors[denial.code as ErrorCode] as { readonly fix: string } | undefined;
	return { kind: "explain", text: known?.fix ?? "Look the code up in the documentation." };
}

type Key = Infer<typeof keyRecord>;
type FixRule = (denial: Denial, key: Key, situation: Situation) => Fix;

const fixes: { readonly [code: string]: FixRule | undefined } = {
	place_not_allowed: fixPlace,
	place_inactive: fixPlace,
	place_missing: () => ({
		kind: "explain",
		text: "Call from a published place: a game server in Roblox then says by itself which place it is.",
	}),
	place_mismatch: ({ claimedPlaceId, placeId }) => ({
		kind: "explain",
		text: `The script says place ${claimedPlaceId ?? "another"}, Roblox says ${placeId ?? "otherwise"}. Send game.PlaceId, or no placeId at all.`,
	}),
	place_unproven: () => ({
		kind: "link",
		text: "Call from a game server in Roblox, which proves its place by itself. To try a key outside Roblox, lower the proof this workspace wants.",
		label: "Proof of the place, in the settings",
		to: "settings",
	}),
	ip_not_allowed: fixAddress,
	scope_missing: fixScope,
	kind_not_allowed: () => ({
		kind: "link",
		text: "The call takes a key of another kind. A key's kind never changes: create one of the kind it takes.",
		label: "Create a key",
		to: "newKey",
	}),
	key_disabled: (denial, key, situation) => {
		if (key.state !== "disabled") return done("The key is enabled.", denial, situation);
		const name = key.name;
		return {
			kind: "apply",
			steps: [{ type: "enable-key" }],
			label: `Enable the key ${name}`,
			consequence: `Every game server and backend that has the token of ${name} can use it again.`,
			done: `The key ${name} is enabled.`,
			role: "admin",
		};
	},
	key_expired: fixExpiry,
	key_idle: (denial, key, situation) => {
		if (key.state !== "idle") return done("The key is in use again.", denial, situation);
		return {
			kind: "link",
			text: "Nobody used the key for so long that its token ended. Give it a new token, and put that in place.",
			label: "Rotate it on its page",
			to: "key",
		};
	},
	workspace_suspended: (denial, _key, situation) => {
		if (situation.workspace.status === "active") return done("The workspace is active.", denial, situation);
		return {
			kind: "apply",
			steps: [{ type: "resume-workspace" }],
			label: "Resume this workspace",
			consequence: "All keys of the workspace can be used again, each within its own rules.",
			done: "The workspace is active again.",
			role: "owner",
		};
	},
	rate_limited: () => openKey("It passes by itself. If the calls are due, raise the key's rate limit."),
	quota_exceeded: () =>
		openKey("It passes when the next period begins. If the calls are due, raise the quota."),
};

function openKey(text: string): Fix {
	return { kind: "link", text, label: "Open the key", to: "key" };
}

function fixPlace(denial: Denial, key: Key, situation: Situation): Fix {
	const { placeId } = denial;
	if (placeId === undefined) return { kind: "explain", text: errors.place_missing.fix };
	const place = situation.places.find(({ id }) => id === placeId);
	const restrictPlaces = key.placeIds.length > 0 && !key.placeIds.includes(placeId);
	const name = place?.name === undefined ? `place ${placeId}` : `${place.name} (${placeId})`;
	const steps: Step[] = [];
	if (place === undefined) steps.push({ type: "allow-place", placeId });
	else if (place.status !== "active") steps.push({ type: "activate-place", placeId });
	if (restrictPlaces) steps.push({ type: "add-place-to-key", placeId });
	if (steps.length === 0) return done(`${capital(name)} is allowed.`, denial, situation);
	if (restrictPlaces && key.placeIds.length >= limits.placesPerKey) {
		return openKey(`The key is narrowed to ${limits.placesPerKey} places, the most it can be narrowed to.`);
	}
	const first = steps[0]?.type;
	const toKey = `the key ${key.name}`;
	const label =
		first === "allow-place"
			? `Add place ${placeId} to this workspace${restrictPlaces ? ` and to ${toKey}` : ""}`
			: first === "activate-place"
				? `Activate ${name}${restrictPlaces ? ` and add it to ${toKey}` : ""}`
				: `Add ${name} to ${toKey}`;
	const consequences = [
		first === "add-place-to-key"
			? undefined
			: `Game keys of this workspace then work in ${name}, unless they are narrowed to other places.`,
		restrictPlaces ? `${capital(toKey)} is narrowed to some places; this one is added to them.` : undefined,
		place === undefined ? "Only do this for a place that is yours." : undefined,
	];
	return {
		kind: "apply",
		steps,
		label,
		consequence: consequences.filter((one) => one !== undefined).join(" "),
		done: `${capital(name)} is allowed.`,
		role: "admin",
	};
}

function fixAddress(denial: Denial, key: Key, situation: Situation): Fix {
	const { address } = denial;
	if (addressProblem(address) !== undefined) return openKey(errors.ip_not_allowed.fix);
	if (key.allowedIps.length === 0 || addressList(key.allowedIps)(address)) {
		return done(`The key may be used from ${address}.`, denial, situation);
	}
	if (key.allowedIps.length >= limits.allowedIpsPerKey) {
		return openKey(
			`The key has ${limits.allowedIpsPerKey} addresses and ranges already, the most it can have.`,
		);
	}
	return {
		kind: "apply",
		steps: [{ type: "add-address-to-key", address }],
		label: `Allow ${address} on the key ${key.name}`,
		consequence: `The key can then be used from ${address} too. If that is your own reverse proxy and not the caller, set PLACELOCK_TRUSTED_PROXIES on the server instead: otherwise everybody behind the proxy may use the key.`,
		done: `The key ${key.name} may be used from ${address}.`,
		role: "admin",
	};
}

function fixScope(denial: Denial, key: Key, situation: Situation): Fix {
	const { scope } = denial;
	if (scope === undefined) return openKey(errors.scope_missing.fix);
	if (key.scopes.includes(scope) || key.scopes.includes(everyScope)) {
		return done(`The key has the scope ${scope}.`, denial, situation);
	}
	if (key.scopes.length >= limits.scopesPerKey) {
		return openKey(`The key has ${limits.scopesPerKey} scopes already, the most it can have.`);
	}
	const means = scope in scopes ? `: ${scopes[scope as keyof typeof scopes]}` : "";
	return {
		kind: "apply",
		steps: [{ type: "add-scope-to-key", scope }],
		label: `Give the key ${key.name} the scope ${scope}`,
		consequence: `Whoever holds the key's token may then also do this: ${scope}${means}.`,
		done: `The key ${key.name} has the scope ${scope}.`,
		role: "admin",
	};
}

/** Of the two reasons for it only the second comes with a detail: the token was rotated out. */
function fixExpiry(denial: Denial, key: Key, situation: Situation): Fix {
	if (key.state === "expired") {
		return {
			kind: "apply",
			steps: [{ type: "extend-key" }],
			label: `Extend the key ${key.name} by ${extensionDays} days`,
			consequence: `The key's token is good again for ${extensionDays} days from now. Another day can be chosen on the key's page.`,
			done: `The key ${key.name} is good for ${extensionDays} more days.`,
			role: "admin",
		};
	}
	if (denial.detail === undefined) return done("The key has a later expiry.", denial, situation);
	return openKey(
		"The caller still sends a token from before a rotation. Put the newest token in place there; if it is lost, rotate the key again.",
	);
}

/** What was missing is there; but something else may have come in the way since. */
function done(text: string, denial: Denial, { key, workspace }: Situation): Fix {
	if (key !== undefined && key.state !== "active") {
		return { kind: "done", text: `${text} But the key ${deniedKeyName(denial)} is ${key.state} now.` };
	}
	if (workspace.status !== "active") {
		return { kind: "done", text: `${text} But the workspace is ${workspace.status} now.` };
	}
	return { kind: "done", text };
}

/** What the next call like it will meet once a fix is done. */
export function nextRequest(steps: readonly Step[], { key, workspace }: Situation): string {
	const fixed = (type: Step["type"]) => steps.some((step) => step.type === type);
	const keyIsGood =
		key?.state === "active" ||
		(key?.state === "disabled" && fixed("enable-key")) ||
		(key?.state === "expired" && fixed("extend-key"));
	if (!keyIsGood) return `But the key itself is ${key?.state ?? "deleted"}, so its calls are still refused.`;
	if (workspace.status !== "active" && !fixed("resume-workspace")) {
		return "But the workspace is suspended, so its calls are still refused.";
	}
	return "The next call will be let through.";
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
