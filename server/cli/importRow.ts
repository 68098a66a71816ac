import { createKey } from "../../shared/endpoints/keys.js";
import { object } from "../../shared/schema.js";
import { soundFieldsReader } from "../http/soundFields.js";
import { problemsOf, validatorOf } from "../http/validators.js";
import { prefixProblem } from "../keys/foreignToken.js";
import type { ForeignKey, ImportProblem } from "../keys/importKeys.js";
import { keyFieldProblems } from "../keys/keyRules.js";
import type { FieldProblem } from "../problem.js";

const { name, kind, scopes, placeIds, allowedIps, expiresAt, description } = createKey.body.fields;
const fields = { name, kind, scopes, placeIds, allowedIps, expiresAt, description } as const;
const shape = object(fields);
const validator = validatorOf(shape, { unknownFields: "refuse" });
const soundFields = soundFieldsReader(shape, { unknownFields: "refuse" });

/** What a file may say of a key: the fields of keys.create, and of the token what another system knows. */
export const importColumns = [
	"name",
	"digest",
	"prefix",
	"kind",
	"scopes",
	"placeIds",
	"allowedIps",
	"expiresAt",
	"description",
] as const;
export const requiredColumns = ["name", "digest", "prefix", "kind"] as const;

/** A row of an import file, as it stands there. */
export interface FileRow {
	/** Where it begins, counted from 1. */
	readonly line: number;
	/** What each column of the file holds, without spaces around it; absent: nothing. */
	readonly cells: Readonly<Record<string, string>>;
}

type RowWish = Omit<ForeignKey["wish"], "expiresAt"> & { readonly expiresAt?: string };

/** A row as a key to import, or everything that is wrong with it. Messages repeat nothing of the row. */
export function readImportRow({ line, cells }: FileRow, now: number): ForeignKey | ImportProblem[] {
	const { digest, prefix = "", ...texts } = cells;
	const values = {
		...texts,
		scopes: listIn(cells.scopes),
		placeIds: listIn(cells.placeIds),
		allowedIps: listIn(cells.allowedIps),
	};
	const read = validator.safeParse(values);
	const sha256 = digestIn(digest);
	const wish = read.success ? (read.data as RowWish) : undefined;
	// Without a kind, as for a game key, which everything may be said of.
	const sound: Partial<RowWish> = wish ?? soundFields(values);
	const expiry = sound.expiresAt === undefined ? undefined : Date.parse(sound.expiresAt);
	const problems: FieldProblem[] = [
		...(read.success ? [] : problemsOf(read.error)),
		...keyFieldProblems(sound.kind ?? "game", { ...sound, expiresAt: expiry }, now),
		...digestProblems(digest, sha256),
		...prefixProblems(prefix),
		...unreadable(cells),
	];
	if (problems.length > 0 || wish === undefined || sha256 === undefined) {
		return problems.map((problem) => ({ line, ...asColumn(problem) }));
	}
	return { line, wish: { ...wish, expiresAt: expiry }, sha256, prefix };
}

/** Entries of a cell, separated by spaces, commas or semicolons. */
function listIn(cell = ""): string[] {
	return cell.split(/[\s,;]+/).filter((entry) => entry !== "");
}

/** 32 bytes in hex or base64, of either alphabet; undefined for anything else. */
function digestIn(text = ""): Buffer | undefined {
	if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, "hex");
	if (!/^[0-9A-Za-z+/_-]{43}=?$/.test(text)) return undefined;
	const bytes = Buffer.from(text, "base64");
	// The last character has two bits to spare: one that uses them was not written for 32 bytes.
	const exact = bytes.toString("base64url") === text.replace("=", "").replace(/\+/g, "-").replace(/\//g, "_");
	return exact ? bytes : undefined;
}

function digestProblems(text: string | undefined, sha256: Buffer | undefined): FieldProblem[] {
	if (sha256 !== undefined) return [];
	const message =
		text === undefined
			? "is required"
			: "must be the SHA-256 of the whole token, 64 hexadecimal digits or 44 characters of base64";
	return [{ path: "digest", message }];
}

function prefixProblems(prefix: string): FieldProblem[] {
	const message = prefix === "" ? "is required" : prefixProblem(prefix);
	return message === undefined ? [] : [{ path: "prefix", message }];
}

/** What is not UTF-8 was read as this character. */
function unreadable(cells: FileRow["cells"]): FieldProblem[] {
	return Object.keys(cells)
		.filter((column) => cells[column]?.includes("\ufffd"))
		.map((path) => ({ path, message: "has characters that are not UTF-8; save the file as UTF-8" }));
}

/** `scopes.1` is the second entry of the column scopes. */
function asColumn({ path, message }: FieldProblem): Omit<ImportProblem, "line"> {
	const [column, index] = path.split(".");
	return { column, message: index === undefined ? message : `entry ${Number(index) + 1} ${message}` };
}
