import type { createKey } from "@shared/endpoints/keys.js";
import type { Sendable } from "@shared/schema.js";
import { type ApiProblem, fieldErrors } from "../../api/problem.js";
import { type Expiry, expiryAfter } from "../../labels/expiries.js";
import type { Key, KeyKind } from "./key.js";

/** A number field's value: "" while empty. */
type NumberInput = number | string;

/** The values of the key form. */
export interface KeyFormValues extends Record<string, unknown> {
	name: string;
	description: string;
	kind: KeyKind;
	scopes: string[];
	/** Whether the key only works in the places of `placeIds`. */
	restrictPlaces: boolean;
	placeIds: string[];
	allowedIps: string[];
	expiry: Expiry | "date";
	/** Local time as the browser's field has it, `2026-12-24T18:00`. */
	expiresOn: string;
	rateLimit: { limit: NumberInput; windowSeconds: NumberInput };
	quota: { limit: NumberInput; period: "day" | "month" };
}

export const emptyKey: KeyFormValues = {
	name: "",
	description: "",
	kind: "game",
	scopes: [],
	restrictPlaces: false,
	placeIds: [],
	allowedIps: [],
	expiry: "never",
	expiresOn: "",
	rateLimit: { limit: "", windowSeconds: 60 },
	quota: { limit: "", period: "day" },
};

export function valuesOf(key: Key): KeyFormValues {
	return {
		...emptyKey,
		name: key.name,
		description: key.description ?? "",
		kind: key.kind === "service" ? "service" : "game",
		scopes: [...key.scopes],
		restrictPlaces: key.placeIds.length > 0,
		placeIds: [...key.placeIds],
		allowedIps: [...key.allowedIps],
		expiry: key.expiresAt === undefined ? "never" : "date",
		expiresOn: key.expiresAt === undefined ? "" : localField(new Date(key.expiresAt)),
		rateLimit: key.rateLimit ?? emptyKey.rateLimit,
		quota: key.quota ?? emptyKey.quota,
	};
}

export function keyFormErrors(values: KeyFormValues): Record<string, string | null> {
	const { name, kind, restrictPlaces, placeIds, expiry, expiresOn } = values;
	return {
		name: name.trim() === "" ? "Enter a name." : null,
		placeIds:
			kind === "game" && restrictPlaces && placeIds.length === 0 ? "Choose at least one place." : null,
		expiresOn: expiry === "date" && Number.isNaN(Date.parse(expiresOn)) ? "Enter a date and time." : null,
		"rateLimit.windowSeconds":
			values.rateLimit.limit !== "" && values.rateLimit.windowSeconds === ""
				? "Enter the window in seconds."
				: null,
	};
}

type NewKey = Sendable<(typeof createKey)["body"]>;

/** The input of `keys.create`. */
export function newKey(values: KeyFormValues, now: Date): NewKey {
	const { name, description, kind, scopes, allowedIps } = values;
	return {
		name: name.trim(),
		description: description.trim() === "" ? undefined : description.trim(),
		kind,
		scopes,
		placeIds: kind === "game" && values.restrictPlaces ? values.placeIds : [],
		allowedIps,
		expiresAt: expiresAt(values, now),
		rateLimit: rateLimitOf(values),
		quota: quotaOf(values),
	};
}

/** The input of `keys.change`: only what the user changed, since others may change the rest meanwhile. */
export function changesTo(key: Key, values: KeyFormValues, now: Date) {
	const { kind: _, ...original } = newKey(valuesOf(key), now);
	const { kind: __, ...updated } = newKey(values, now);
	// The field has no seconds: unchanged, it means the stored time.
	const changed = Object.entries(updated).filter(
		([name, value]) => JSON.stringify(value) !== JSON.stringify(original[name as keyof typeof original]),
	);
	return Object.fromEntries(changed.map(([name, value]) => [name, value ?? null]));
}

/** Splits what was typed or pasted into single entries, without duplicates. */
export function separate(items: readonly string[]): string[] {
	return [...new Set(items.flatMap((item) => item.split(/[\s,;]+/)).filter((item) => item !== ""))];
}

function expiresAt({ expiry, expiresOn }: KeyFormValues, now: Date): string | undefined {
	return expiry === "date" ? new Date(expiresOn).toISOString() : expiryAfter(expiry, now);
}

function rateLimitOf({ rateLimit }: KeyFormValues): NewKey["rateLimit"] {
	if (rateLimit.limit === "") return undefined;
	return { limit: Number(rateLimit.limit), windowSeconds: Number(rateLimit.windowSeconds) };
}

function quotaOf({ quota }: KeyFormValues): NewKey["quota"] {
	return quota.limit === "" ? undefined : { limit: Number(quota.limit), period: quota.period };
}

/** A time as the browser's date-and-time field has it. */
export function localField(moment: Date): string {
	const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
	return local.toISOString().slice(0, 16);
}

/** The server's messages by form field. Those about an item of a list name the item. */
export function keyFieldErrors(problem: ApiProblem, values: KeyFormValues): Record<string, string> {
	const found: Record<string, string> = {};
	for (const [path, message] of Object.entries(fieldErrors(problem))) {
		const [field = "", item] = path.split(".");
		const list = values[field];
		const isItem = Array.isArray(list) && item !== undefined;
		const name = field === "expiresAt" ? "expiresOn" : isItem ? field : path;
		const text = isItem
			? `${list[Number(item)]}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`
			: message;
		found[name] = found[name] === undefined ? text : `${found[name]} ${text}`;
	}
	if (problem.code === "name_taken") found.name = problem.details.detail ?? problem.details.title;
	return found;
}

const fields = ["name", "description", "scopes", "placeIds", "allowedIps", "expiresAt", "rateLimit", "quota"];

/** Whether the form shows messages about this path beside a field. */
export function isShownBesideFields(path: string): boolean {
	return fields.includes(path.split(".")[0] ?? "");
}
