import { addressList, addressProblem } from "@isomorphic/addresses.js";
import type { keyRecord, placeRecord, workspaceRecord } from "@shared/endpoints/records.js";
import { type ErrorCode, errors } from "@shared/errors.js";
import { limits } from "@shared/limits.js";
import type { Infer } from "@shared/schema.js";
import { scopes, wildcardScope } from "@shared/scopes.js";
import { type Denial, deniedKeyName } from "./denial.js";

/** The current state, which may have changed since the request was denied. */
export interface Situation {
	readonly workspace: Pick<Infer<typeof workspaceRecord>, "status" | "placeProof">;
	/** Absent if it has been deleted. */
	readonly key?: Infer<typeof keyRecord>;
	readonly places: readonly Infer<typeof placeRecord>[];
}

/** One change of a fix. A fix applies them in order. */
export type Step =
	| { readonly type: "allow-place" | "activate-place" | "add-place-to-key"; readonly placeId: string }
	| { readonly type: "add-address-to-key"; readonly address: string }
	| { readonly type: "add-scope-to-key"; readonly scope: string }
	| { readonly type: "enable-key" | "extend-key" | "resume-workspace" };

/** What to do about a denied request. */
export type Fix =
	/** The cause is already fixed. */
	| { readonly kind: "done"; readonly text: string }
	/** Can be applied here. */
	| {
			readonly kind: "apply";
			readonly steps: readonly Step[];
			/** The label of the button. */
			readonly label: string;
			/** The consequences beyond the denied request. */
			readonly consequence: string;
			/** The toast's title once it is applied. */
			readonly done: string;
			/** The role it requires. */
			readonly role: "admin" | "owner";
	  }
	/** Done on another page. */
	| {
			readonly kind: "link";
			readonly text: string;
			readonly label: string;
			readonly to: "key" | "newKey" | "settings";
	  }
	/** Done in the game or on the server. */
	| { readonly kind: "explain"; readonly text: string };

/** By how many days an expired key is extended. */
export const extensionDays = 30;

/** The fix for a request like this one, given the current state. */
export function fixFor(denial: Denial, situation: Situation): Fix {
	const { key } = situation;
	if (key === undefined) {
		return {
			kind: "explain",
			text: "The key has been deleted, so its token is unknown.",
		};
	}
	if (key.status === "revoked") {
		const text = "The key is permanently revoked. Create a new key and use its token instead.";
		return { kind: "link", text, label: "Create a key", to: "newKey" };
	}
	const fix = fixes[denial.code];
	if (fix !== undefined) return fix(denial, key, situation);
	const known = errors[denial.code as ErrorCode] as { readonly fix: string } | undefined;
	return { kind: "explain", text: known?.fix ?? "See the documentation for this code." };
}

type Key = Infer<typeof keyRecord>;
type FixRule = (denial: Denial, key: Key, situation: Situation) => Fix;

const fixes: { readonly [code: string]: FixRule | undefined } = {
	place_not_allowed: fixPlace,
	place_inactive: fixPlace,
	place_missing: () => ({
		kind: "explain",
		text: "Send the request from a published place: Roblox game servers then identify their place automatically.",
	}),
	place_mismatch: ({ claimedPlaceId, placeId }) => ({
		kind: "explain",
		text: `The script sent ${claimedPlaceId === undefined ? "another place" : `place ${claimedPlaceId}`}, Roblox reported ${placeId === undefined ? "another one" : `place ${placeId}`}. Send game.PlaceId, or leave placeId out.`,
	}),
	place_unproven: () => ({
		kind: "link",
		text: "Send the request from a Roblox game server, which proves its place automatically. To try a key outside Roblox, lower the workspace's place proof.",
		label: "Place-proof settings",
		to: "settings",
	}),
	ip_not_allowed: fixAddress,
	scope_missing: fixScope,
	kind_not_allowed: () => ({
		kind: "link",
		text: "The request needs a key of another kind. The kind of a key cannot be changed: create a key of the right kind.",
		label: "Create a key",
		to: "newKey",
	}),
	key_disabled: (denial, key, situation) => {
		if (key.status !== "disabled") return done("The key is enabled.", denial, situation);
		const name = key.name;
		return {
			kind: "apply",
			steps: [{ type: "enable-key" }],
			label: `Enable the key ${name}`,
			consequence: `Game servers and backends that have the token of ${name} can use it again.`,
			done: `The key ${name} is enabled.`,
			role: "admin",
		};
	},
	key_expired: fixExpiry,
	key_idle: (denial, key, situation) => {
		if (key.status !== "idle") return done("The key is no longer idle.", denial, situation);
		return {
			kind: "link",
			text: "The key became idle after a long time without use. Rotate it and use its new token.",
			label: "Open the key to rotate it",
			to: "key",
		};
	},
	workspace_suspended: (denial, _key, situation) => {
		if (situation.workspace.status === "active") return done("The workspace is active.", denial, situation);
		return {
			kind: "apply",
			steps: [{ type: "resume-workspace" }],
			label: "Resume this workspace",
			consequence: "All keys of the workspace can be used again, within their own limits.",
			done: "The workspace is active again.",
			role: "owner",
		};
	},
	rate_limited: () =>
		openKey("Resolves on its own. If this traffic is expected, raise the key's rate limit."),
	quota_exceeded: () =>
		openKey("Resolves when the next period begins. If this traffic is expected, raise the key's quota."),
};

function openKey(text: string): Fix {
	return { kind: "link", text, label: "Open the key", to: "key" };
}

function fixPlace(denial: Denial, key: Key, situation: Situation): Fix {
	const { placeId } = denial;
	if (placeId === undefined) return { kind: "explain", text: errors.place_missing.fix };
	const place = situation.places.find(({ id }) => id === placeId);
	const isExcluded = key.placeIds.length > 0 && !key.placeIds.includes(placeId);
	const name = place?.name === undefined ? `place ${placeId}` : `${place.name} (${placeId})`;
	const steps: Step[] = [];
	if (place === undefined) steps.push({ type: "allow-place", placeId });
	else if (place.status !== "active") steps.push({ type: "activate-place", placeId });
	if (isExcluded) steps.push({ type: "add-place-to-key", placeId });
	if (steps.length === 0) return done(`${capital(name)} is allowed.`, denial, situation);
	if (isExcluded && key.placeIds.length >= limits.placesPerKey) {
		return openKey(`The key already lists ${limits.placesPerKey} places, the maximum.`);
	}
	const first = steps[0]?.type;
	const toKey = `the key ${key.name}`;
	const label =
		first === "allow-place"
			? `Add place ${placeId} to this workspace${isExcluded ? ` and to ${toKey}` : ""}`
			: first === "activate-place"
				? `Activate ${name}${isExcluded ? ` and add it to ${toKey}` : ""}`
				: `Add ${name} to ${toKey}`;
	const consequences = [
		first === "add-place-to-key"
			? undefined
			: `Game keys of this workspace will work in ${name}, unless they are limited to other places.`,
		isExcluded ? `${capital(toKey)} is limited to selected places; this one is added to them.` : undefined,
		place === undefined ? "Only add places that are yours." : undefined,
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
		return done(`The key can be used from ${address}.`, denial, situation);
	}
	if (key.allowedIps.length >= limits.allowedIpsPerKey) {
		return openKey(`The key already lists ${limits.allowedIpsPerKey} addresses and ranges, the maximum.`);
	}
	return {
		kind: "apply",
		steps: [{ type: "add-address-to-key", address }],
		label: `Allow ${address} on the key ${key.name}`,
		consequence: `The key can then also be used from ${address}. If that is the address of your own reverse proxy, set PLACELOCK_TRUSTED_PROXIES on the server instead: otherwise anyone behind the proxy can use the key.`,
		done: `The key ${key.name} can be used from ${address}.`,
		role: "admin",
	};
}

function fixScope(denial: Denial, key: Key, situation: Situation): Fix {
	const { scope } = denial;
	if (scope === undefined) return openKey(errors.scope_missing.fix);
	if (key.scopes.includes(scope) || key.scopes.includes(wildcardScope)) {
		return done(`The key has the scope ${scope}.`, denial, situation);
	}
	if (key.scopes.length >= limits.scopesPerKey) {
		return openKey(`The key already has ${limits.scopesPerKey} scopes, the maximum.`);
	}
	const meaning = scope in scopes ? `: ${scopes[scope as keyof typeof scopes]}` : "";
	return {
		kind: "apply",
		steps: [{ type: "add-scope-to-key", scope }],
		label: `Add the scope ${scope} to the key ${key.name}`,
		consequence: `Anyone with the key's token gets this scope: ${scope}${meaning}.`,
		done: `The key ${key.name} has the scope ${scope}.`,
		role: "admin",
	};
}

/** Only one of the two reasons has a detail: that the token was rotated out. */
function fixExpiry(denial: Denial, key: Key, situation: Situation): Fix {
	if (key.status === "expired") {
		return {
			kind: "apply",
			steps: [{ type: "extend-key" }],
			label: `Extend the key ${key.name} by ${extensionDays} days`,
			consequence: `The key is valid again for ${extensionDays} days from now. You can choose another date on the key's page.`,
			done: `The key ${key.name} is valid for ${extensionDays} more days.`,
			role: "admin",
		};
	}
	if (denial.detail === undefined) return done("The key has a later expiry.", denial, situation);
	return openKey(
		"The request used a token from before a rotation. Use the newest token there; if it is lost, rotate the key again.",
	);
}

/** The cause is fixed, but something else may deny the request by now. */
function done(text: string, denial: Denial, { key, workspace }: Situation): Fix {
	if (key !== undefined && key.status !== "active") {
		return { kind: "done", text: `${text} But the key ${deniedKeyName(denial)} is ${key.status} now.` };
	}
	if (workspace.status !== "active") {
		return { kind: "done", text: `${text} But the workspace is ${workspace.status} now.` };
	}
	return { kind: "done", text };
}

/** What happens to the next such request once a fix is applied. */
export function nextRequest(steps: readonly Step[], { key, workspace }: Situation): string {
	const fixed = (type: Step["type"]) => steps.some((step) => step.type === type);
	const keyIsValid =
		key?.status === "active" ||
		(key?.status === "disabled" && fixed("enable-key")) ||
		(key?.status === "expired" && fixed("extend-key"));
	if (!keyIsValid)
		return `But the key itself is ${key?.status ?? "deleted"}, so its requests are still denied.`;
	if (workspace.status !== "active" && !fixed("resume-workspace")) {
		return "But the workspace is suspended, so its requests are still denied.";
	}
	return "The next such request will be accepted.";
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
