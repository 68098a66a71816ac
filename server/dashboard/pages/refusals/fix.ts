import { addressList, addressProblem } from "@isomorphic/addresses.js";
import type { keyRecord, placeRecord, workspaceRecord } from "@shared/endpoints/records.js";
import { type ErrorCode, errors } from "@shared/errors.js";
import { limits } from "@shared/limits.js";
import type { Infer } from "@shared/schema.js";
import { everyScope, scopes } from "@shared/scopes.js";
import { type Refusal, refusedKey } from "./refusal.js";

/** What is so now, which may be another thing than when the call was refused. */
export interface Situation {
	readonly workspace: Pick<Infer<typeof workspaceRecord>, "status" | "placeProof">;
	/** Absent: it was deleted since. */
	readonly key?: Infer<typeof keyRecord>;
	readonly places: readonly Infer<typeof placeRecord>[];
}

/** A change that lets the refused call through; done in the order they are given. */
export type Step =
	| { readonly does: "allow-place" | "activate-place" | "add-place-to-key"; readonly placeId: string }
	| { readonly does: "add-address-to-key"; readonly address: string }
	| { readonly does: "add-scope-to-key"; readonly scope: string }
	| { readonly does: "enable-key" | "extend-key" | "resume-workspace" };

/** The one thing to do about a refusal. */
export type Fix =
	/** Nothing stands in the way any more. */
	| { readonly kind: "done"; readonly says: string }
	/** It can be done here and now. */
	| {
			readonly kind: "act";
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
			readonly kind: "go";
			readonly says: string;
			readonly label: string;
			readonly to: "key" | "newKey" | "settings";
	  }
	/** It is done in the game, or on the server. */
	| { readonly kind: "explain"; readonly says: string };

/** By how many days a key that has expired is extended. */
export const extensionDays = 30;

/** What would let a call like the refused one through, as things are now. */
export function fixFor(refusal: Refusal, situation: Situation): Fix {
	const { key } = situation;
	if (key === undefined) {
		return {
			kind: "explain",
			says: "The key was deleted since. Its token is unknown now, wherever it is used.",
		};
	}
	if (key.state === "revoked") {
		const says = `The key is revoked, and that is final. A new key's token has to take its place.`;
		return { kind: "go", says, label: "Create a key", to: "newKey" };
	}
	const fix = fixes[refusal.code];
	if (fix !== undefined) return fix(refusal, key, situation);
	const known = errors[refusal.code as ErrorCode] as { readonly fix: string } | undefined;
	return { kind: "explain", says: known?.fix ?? "Look the code up in the documentation." };
}

type Key = Infer<typeof keyRecord>;
type Fixing = (refusal: Refusal, key: Key, situation: Situation) => Fix;

const fixes: { readonly [code: string]: Fixing | undefined } = {
	place_not_allowed: fixPlace,
	place_inactive: fixPlace,
	place_missing: () => ({
		kind: "explain",
		says: "Call from a published place: a game server in Roblox then says by itself which place it is.",
	}),
	place_mismatch: ({ claimedPlaceId, placeId }) => ({
		kind: "explain",
		says: `The script says place ${claimedPlaceId ?? "another"}, Roblox says ${placeId ?? "otherwise"}. Send game.PlaceId, or no placeId at all.`,
	}),
	place_unproven: () => ({
		kind: "go",
		says: "Call from a game server in Roblox, which proves its place by itself. To try a key outside Roblox, lower the proof this workspace wants.",
		label: "Proof of the place, in the settings",
		to: "settings",
	}),
	ip_not_allowed: fixAddress,
	scope_missing: fixScope,
	kind_not_allowed: () => ({
		kind: "go",
		says: "The call takes a key of another kind. A key's kind never changes: create one of the kind it takes.",
		label: "Create a key",
		to: "newKey",
	}),
	key_disabled: (refusal, key, situation) => {
		if (key.state !== "disabled") return done("The key is enabled.", refusal, situation);
		const name = key.name;
		return {
			kind: "act",
			steps: [{ does: "enable-key" }],
			label: `Enable the key ${name}`,
			consequence: `Every game server and backend that has the token of ${name} can use it again.`,
			done: `The key ${name} is enabled.`,
			role: "admin",
		};
	},
	key_expired: fixExpiry,
	key_idle: (refusal, key, situation) => {
		if (key.state !== "idle") return done("The key is in use again.", refusal, situation);
		return {
			kind: "go",
			says: "Nobody used the key for so long that its token ended. Give it a new token, and put that in place.",
			label: "Rotate it on its page",
			to: "key",
		};
	},
	workspace_suspended: (refusal, _key, situation) => {
		if (situation.workspace.status === "active") return done("The workspace is active.", refusal, situation);
		return {
			kind: "act",
			steps: [{ does: "resume-workspace" }],
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

function openKey(says: string): Fix {
	return { kind: "go", says, label: "Open the key", to: "key" };
}

function fixPlace(refusal: Refusal, key: Key, situation: Situation): Fix {
	const { placeId } = refusal;
	if (placeId === undefined) return { kind: "explain", says: errors.place_missing.fix };
	const place = situation.places.find(({ id }) => id === placeId);
	const narrowed = key.placeIds.length > 0 && !key.placeIds.includes(placeId);
	const name = place?.name === undefined ? `place ${placeId}` : `${place.name} (${placeId})`;
	const steps: Step[] = [];
	if (place === undefined) steps.push({ does: "allow-place", placeId });
	else if (place.status !== "active") steps.push({ does: "activate-place", placeId });
	if (narrowed) steps.push({ does: "add-place-to-key", placeId });
	if (steps.length === 0) return done(`${capital(name)} is allowed.`, refusal, situation);
	if (narrowed && key.placeIds.length >= limits.placesPerKey) {
		return openKey(`The key is narrowed to ${limits.placesPerKey} places, the most it can be narrowed to.`);
	}
	const first = steps[0]?.does;
	const toKey = `the key ${key.name}`;
	const label =
		first === "allow-place"
			? `Add place ${placeId} to this workspace${narrowed ? ` and to ${toKey}` : ""}`
			: first === "activate-place"
				? `Activate ${name}${narrowed ? ` and add it to ${toKey}` : ""}`
				: `Add ${name} to ${toKey}`;
	const consequences = [
		first === "add-place-to-key"
			? undefined
			: `Game keys of this workspace then work in ${name}, unless they are narrowed to other places.`,
		narrowed ? `${capital(toKey)} is narrowed to some places; this one is added to them.` : undefined,
		place === undefined ? "Only do this for a place that is yours." : undefined,
	];
	return {
		kind: "act",
		steps,
		label,
		consequence: consequences.filter((one) => one !== undefined).join(" "),
		done: `${capital(name)} is allowed.`,
		role: "admin",
	};
}

function fixAddress(refusal: Refusal, key: Key, situation: Situation): Fix {
	const { address } = refusal;
	if (addressProblem(address) !== undefined) return openKey(errors.ip_not_allowed.fix);
	if (key.allowedIps.length === 0 || addressList(key.allowedIps)(address)) {
		return done(`The key may be used from ${address}.`, refusal, situation);
	}
	if (key.allowedIps.length >= limits.allowedIpsPerKey) {
		return openKey(
			`The key has ${limits.allowedIpsPerKey} addresses and ranges already, the most it can have.`,
		);
	}
	return {
		kind: "act",
		steps: [{ does: "add-address-to-key", address }],
		label: `Allow ${address} on the key ${key.name}`,
		consequence: `The key can then be used from ${address} too. If that is your own reverse proxy and not the caller, set PLACELOCK_TRUSTED_PROXIES on the server instead: otherwise everybody behind the proxy may use the key.`,
		done: `The key ${key.name} may be used from ${address}.`,
		role: "admin",
	};
}

function fixScope(refusal: Refusal, key: Key, situation: Situation): Fix {
	const { scope } = refusal;
	if (scope === undefined) return openKey(errors.scope_missing.fix);
	if (key.scopes.includes(scope) || key.scopes.includes(everyScope)) {
		return done(`The key has the scope ${scope}.`, refusal, situation);
	}
	if (key.scopes.length >= limits.scopesPerKey) {
		return openKey(`The key has ${limits.scopesPerKey} scopes already, the most it can have.`);
	}
	const means = scope in scopes ? `: ${scopes[scope as keyof typeof scopes]}` : "";
	return {
		kind: "act",
		steps: [{ does: "add-scope-to-key", scope }],
		label: `Give the key ${key.name} the scope ${scope}`,
		consequence: `Whoever holds the key's token may then also do this: ${scope}${means}.`,
		done: `The key ${key.name} has the scope ${scope}.`,
		role: "admin",
	};
}

/** Of the two reasons for it only the second comes with a detail: the token was rotated out. */
function fixExpiry(refusal: Refusal, key: Key, situation: Situation): Fix {
	if (key.state === "expired") {
		return {
			kind: "act",
			steps: [{ does: "extend-key" }],
			label: `Extend the key ${key.name} by ${extensionDays} days`,
			consequence: `The key's token is good again for ${extensionDays} days from now. Another day can be chosen on the key's page.`,
			done: `The key ${key.name} is good for ${extensionDays} more days.`,
			role: "admin",
		};
	}
	if (refusal.detail === undefined) return done("The key has a later expiry.", refusal, situation);
	return openKey(
		"The caller still sends a token from before a rotation. Put the newest token in place there; if it is lost, rotate the key again.",
	);
}

/** What was missing is there; but something else may have come in the way since. */
function done(says: string, refusal: Refusal, { key, workspace }: Situation): Fix {
	if (key !== undefined && key.state !== "active") {
		return { kind: "done", says: `${says} But the key ${refusedKey(refusal)} is ${key.state} now.` };
	}
	if (workspace.status !== "active") {
		return { kind: "done", says: `${says} But the workspace is ${workspace.status} now.` };
	}
	return { kind: "done", says };
}

/** What the next call like it will meet once a fix is done. */
export function nextCall(steps: readonly Step[], { key, workspace }: Situation): string {
	const mended = (does: Step["does"]) => steps.some((step) => step.does === does);
	const keyIsGood =
		key?.state === "active" ||
		(key?.state === "disabled" && mended("enable-key")) ||
		(key?.state === "expired" && mended("extend-key"));
	if (!keyIsGood) return `But the key itself is ${key?.state ?? "deleted"}, so its calls are still refused.`;
	if (workspace.status !== "active" && !mended("resume-workspace")) {
		return "But the workspace is suspended, so its calls are still refused.";
	}
	return "The next call will be let through.";
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
