import type { denialRecord } from "@shared/endpoints/records.js";
import { type ErrorCode, errors } from "@shared/errors.js";
import type { Infer } from "@shared/schema.js";

export type Denial = Infer<typeof denialRecord>;

/** What the refusal means, in the catalogue's words; the code itself for one that this page does not know. */
export function denialTitle(code: string): string {
	return code in errors ? errors[code as ErrorCode].title : code;
}

/** What the key is called, or its id. */
export function deniedKeyName({ keyName, keyId }: Denial): string {
	return keyName ?? keyId;
}
