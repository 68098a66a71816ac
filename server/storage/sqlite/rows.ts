import type { AccountRecord } from "../../model/account.js";
import type { Denial } from "../../model/denial.js";
import { foldName } from "../../model/foldName.js";
import type { IdempotencyRecord } from "../../model/idempotencyRecord.js";
import type { KeyRecord } from "../../model/key.js";
import type { MemberRecord } from "../../model/member.js";
import type { OneTimeLinkRecord } from "../../model/oneTimeLink.js";
import type { PlaceRecord } from "../../model/place.js";
import type { SessionRecord } from "../../model/session.js";
import { storedKeyStatus } from "../../model/storedKeyStatus.js";
import type { LastUse } from "../../model/usage.js";
import type { WorkspaceRecord } from "../../model/workspace.js";

/** What a column can hold. Booleans are written as 0 and 1: a boolean makes the driver end the process. */
export type Value = string | number | Buffer | null;
export type Row = Readonly<Record<string, Value>>;

/** How a record is stored in a row. */
export interface Mapping<T> {
	/** Columns in the order of `values`. */
	readonly columns: readonly string[];
	values(record: T): Value[];
	record(row: Row): T;
	/** The record of a row that was read as a list, in the order of `columns`. */
	recordOfList(row: readonly Value[]): T;
}

type Field = {
	readonly column: string;
	readonly write: (value: unknown) => Value;
	readonly read: (value: Value) => unknown;
};

const plain = (column: string): Field => ({
	column,
	write: (value) => value as Value,
	read: (value) => value,
});

/** The driver returns a Buffer from `get` and an ArrayBuffer from `all`. */
const bytes = (column: string): Field => ({
	column,
	write: (value) => value as Buffer,
	read: (value) => (Buffer.isBuffer(value) ? value : Buffer.from(value as unknown as ArrayBuffer)),
});

const json = (column: string): Field => ({
	column,
	write: (value) => JSON.stringify(value),
	read: (value) => JSON.parse(value as string),
});

const flag = (column: string): Field => ({
	column,
	write: (value) => (value ? 1 : 0),
	read: (value) => value === 1,
});

/** An absent field is stored as NULL, and NULL is read as an absent field. */
function mapping<T extends object>(fields: { readonly [K in keyof Required<T>]: Field }): Mapping<T> {
	const entries = Object.entries<Field>(fields);
	return {
		columns: entries.map(([, field]) => field.column),
		values: (record) =>
			entries.map(([name, field]) => {
				const value = record[name as keyof T];
				return value === undefined ? null : field.write(value);
			}),
		record: (row) => read(entries, (field) => row[field.column]) as T,
		recordOfList: (row) => read(entries, (_field, at) => row[at]) as T,
	};
}

function read(
	entries: ReadonlyArray<readonly [string, Field]>,
	valueAt: (field: Field, at: number) => Value | undefined,
): Record<string, unknown> {
	const record: Record<string, unknown> = {};
	entries.forEach(([name, field], at) => {
		const value = valueAt(field, at);
		if (value !== null && value !== undefined) record[name] = field.read(value);
	});
	return record;
}

export const workspaceRows = mapping<WorkspaceRecord>({
	id: plain("id"),
	name: plain("name"),
	status: plain("status"),
	placeProof: plain("place_proof"),
	idleDays: plain("idle_days"),
	maxKeys: plain("max_keys"),
	createdAt: plain("created_at"),
	updatedAt: plain("updated_at"),
});

export const placeRows = mapping<PlaceRecord>({
	workspaceId: plain("workspace_id"),
	id: plain("id"),
	name: plain("name"),
	status: plain("status"),
	createdAt: plain("created_at"),
	updatedAt: plain("updated_at"),
});

const accountFields = mapping<AccountRecord>({
	id: plain("id"),
	name: plain("name"),
	operator: flag("operator"),
	passwordHash: plain("password_hash"),
	disabledAt: plain("disabled_at"),
	lastSignInAt: plain("last_sign_in_at"),
	createdAt: plain("created_at"),
});

/** With the form of the name that must be unique. */
export const accountRows = withFoldedName(accountFields);

export const memberRows = mapping<MemberRecord>({
	workspaceId: plain("workspace_id"),
	accountId: plain("account_id"),
	role: plain("role"),
	createdAt: plain("created_at"),
});

export const sessionRows = mapping<SessionRecord>({
	id: plain("id"),
	accountId: plain("account_id"),
	digest: bytes("digest"),
	address: plain("address"),
	userAgent: plain("user_agent"),
	createdAt: plain("created_at"),
	lastSeenAt: plain("last_seen_at"),
	expiresAt: plain("expires_at"),
});

export const oneTimeLinkRows = mapping<OneTimeLinkRecord>({
	id: plain("id"),
	purpose: plain("purpose"),
	digest: bytes("digest"),
	workspaceId: plain("workspace_id"),
	role: plain("role"),
	note: plain("note"),
	madeBy: plain("made_by"),
	madeWith: plain("made_with"),
	accountId: plain("account_id"),
	createdAt: plain("created_at"),
	expiresAt: plain("expires_at"),
});

export const denialRows = mapping<Denial>({
	id: plain("id"),
	workspaceId: plain("workspace_id"),
	keyId: plain("key_id"),
	keyName: plain("key_name"),
	scope: plain("scope"),
	code: plain("code"),
	detail: plain("detail"),
	placeId: plain("place_id"),
	proof: plain("proof"),
	claimedPlaceId: plain("claimed_place_id"),
	address: plain("address"),
	count: plain("calls"),
	firstAt: plain("first_at"),
	lastAt: plain("last_at"),
});

export const idempotencyRows = mapping<IdempotencyRecord>({
	id: plain("id"),
	sealed: bytes("sealed"),
	keptAt: plain("kept_at"),
	expiresAt: plain("expires_at"),
});

const lastUseFields = mapping<
	Omit<LastUse, "previous"> & { previousAt?: number; previousRotatedAt?: number }
>({
	at: plain("at"),
	placeId: plain("place_id"),
	address: plain("address"),
	previousAt: plain("previous_at"),
	previousRotatedAt: plain("previous_rotated_at"),
});

export const lastUseRows: Mapping<LastUse> = {
	columns: lastUseFields.columns,
	values: ({ previous, ...use }) =>
		lastUseFields.values({ ...use, previousAt: previous?.at, previousRotatedAt: previous?.rotatedAt }),
	record: (row) => lastUseOf(lastUseFields.record(row)),
	recordOfList: (row) => lastUseOf(lastUseFields.recordOfList(row)),
};

function lastUseOf({
	previousAt: at,
	previousRotatedAt: rotatedAt,
	...use
}: ReturnType<typeof lastUseFields.record>): LastUse {
	return at === undefined || rotatedAt === undefined ? use : { ...use, previous: { at, rotatedAt } };
}

const keyFields = mapping<KeyRecord>({
	id: plain("id"),
	workspaceId: plain("workspace_id"),
	accountId: plain("account_id"),
	kind: plain("kind"),
	name: plain("name"),
	description: plain("description"),
	scopes: json("scopes"),
	placeIds: json("place_ids"),
	allowedIps: json("allowed_ips"),
	rateLimit: json("rate_limit"),
	quota: json("quota"),
	importedPrefix: plain("imported_prefix"),
	digest: bytes("digest"),
	previousDigest: bytes("previous_digest"),
	previousValidUntil: plain("previous_valid_until"),
	rotatedAt: plain("rotated_at"),
	expiresAt: plain("expires_at"),
	disabledAt: plain("disabled_at"),
	revokedAt: plain("revoked_at"),
	createdAt: plain("created_at"),
	updatedAt: plain("updated_at"),
});

function withFoldedName<T extends { readonly name: string }>(fields: Mapping<T>): Mapping<T> {
	return {
		columns: [...fields.columns, "folded_name"],
		values: (record) => [...fields.values(record), foldName(record.name)],
		record: fields.record,
		recordOfList: fields.recordOfList,
	};
}

const namedKeyRows = withFoldedName(keyFields);

/** With what lists are filtered by. */
export const keyRows: Mapping<KeyRecord> = {
	...namedKeyRows,
	columns: [...namedKeyRows.columns, "standing"],
	values: (key) => [...namedKeyRows.values(key), storedKeyStatus(key)],
};
