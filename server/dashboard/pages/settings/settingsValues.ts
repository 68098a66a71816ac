import type { workspaceRecord } from "@shared/endpoints/records.js";
import type { changeWorkspace } from "@shared/endpoints/workspaces.js";
import type { Infer } from "@shared/schema.js";
import type { Input } from "../../api/client.js";
import { type PlaceProof, placeProofLabels } from "../../labels/placeProofs.js";

type Changes = Input<typeof changeWorkspace>["body"];

/** The values of the form: "" for a setting that is not set. */
export interface SettingsValues {
	readonly name: string;
	readonly placeProof: PlaceProof | "";
	readonly idleDays: number | string;
	readonly maxKeys: number | string;
}

export function valuesOf({
	name,
	placeProof,
	idleDays,
	maxKeys,
}: Infer<typeof workspaceRecord>): SettingsValues {
	const isKnown = placeProof !== undefined && placeProof in placeProofLabels;
	return { name, placeProof: isKnown ? placeProof : "", idleDays: idleDays ?? "", maxKeys };
}

/** The input to get from `before` to `after`: only what differs, so that others' changes are not undone. */
export function changesBetween(before: SettingsValues, after: SettingsValues): Changes {
	const name = after.name.trim();
	return {
		...(name === before.name ? {} : { name }),
		...(after.placeProof === before.placeProof ? {} : { placeProof: orNull(after.placeProof) }),
		...(after.idleDays === before.idleDays
			? {}
			: { idleDays: after.idleDays === "" ? null : Number(after.idleDays) }),
		...(after.maxKeys === before.maxKeys ? {} : { maxKeys: Number(after.maxKeys) }),
	};
}

function orNull(proof: PlaceProof | ""): PlaceProof | null {
	return proof === "" ? null : proof;
}

/** Checks a number before it is sent; null if it is valid. */
export function numberError(value: number | string, minimum: number, maximum: number): string | null {
	const number = Number(value);
	if (value !== "" && Number.isInteger(number) && number >= minimum && number <= maximum) return null;
	return `Must be a whole number from ${minimum} to ${maximum.toLocaleString("en")}.`;
}
