import type { denialRecord } from "@shared/endpoints/records.js";
import { type ErrorCode, errors } from "@shared/errors.js";
import type { Infer } from "@shared/schema.js";

export type Denial = Infer<typeof denialRecord>;

/** The reason in the error catalogue's words; the code itself if this page does not know it. */
export function denialTitle(code: string): string {
	return code in errors ? errors[code as ErrorCode].title : code;
}

/** The name of the key, or its ID. */
export function deniedKeyName({ keyName, keyId }: Denial): string {
	return keyName ?? keyId;
}
