import { createKey } from "../../../shared/endpoints/keys.js";
import { object } from "../../../shared/schema.js";
import type { FieldProblem } from "../../core/problem.js";
import { problemsOf, validatorOf } from "../../http/validators.js";
import type { ForeignKey, ImportProblem } from "../../keys/importKeys.js";
import { keyFieldProblems } from "../../keys/keyRules.js";
import { prefixProblem } from "../../secrets/foreignToken.js";

const { name, kind, scopes, placeIds, allowedIps, expiresAt, description } = createKey.body.fields;
const fields = { name, kind, scopes, placeIds, allowedIps, expiresAt, description } as const;
const shape = object(fields);
const validator = validatorOf(shape, { unknownFields: "refuse" });

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

/**
 * A row as a key to import, or everything that is wrong with it; of a list with
 * too many entries that it is too long. Messages repeat nothing of the row.
 */
export function readImportRow({ line, cells }: FileRow, now: number): ForeignKey | ImportProblem[] {
	const { digest, prefix = "", ...texts } = cells;
	const lists = {
		scopes: listIn(cells.scopes),
		placeIds: listIn(cells.placeIds),
		allowedIps: listIn(cells.allowedIps),
	};
	const read = validator.safeParse({ ...texts, ...lists });
	const sha256 = digestIn(digest);
	const misshapen = read.success ? [] : problemsOf(read.error);
	const expiry = misshapen.some(({ path }) => path === "expiresAt") ? undefined : timeIn(cells.expiresAt);
	const problems: FieldProblem[] = [
		...misshapen,
		...ruleProblems({ ...cells, ...lists, expiresAt: expiry }, misshapen, now),
		...digestProblems(digest, sha256),
		...prefixProblems(prefix),
		...unreadable(cells),
	];
	if (problems.length > 0 || !read.success || sha256 === undefined) {
		return problems.sort(byPlace).map((problem) => ({ line, ...asColumn(problem) }));
	}
	const input = read.data as Omit<ForeignKey["input"], "expiresAt">;
	return { line, input: { ...input, expiresAt: expiry }, sha256, prefix };
}

/**
 * What breaks the rules of the domain. They are looked at whatever is
 * misshapen, so that nothing wrong hides anything else; only an entry that is
 * misshapen itself is not judged a second time.
 */
function ruleProblems(
	{ kind, ...given }: Parameters<typeof keyFieldProblems>[1] & { readonly kind?: string },
	misshapen: readonly FieldProblem[],
	now: number,
): FieldProblem[] {
	// While it is not known what kind was meant, no rule about the kind can be broken.
	const problems = keyFieldProblems(kind === "service" ? kind : "game", given, now);
	return problems.filter(({ path }) => !path.includes(".") || !misshapen.some((one) => one.path === path));
}

/** Milliseconds since the epoch. */
function timeIn(cell: string | undefined): number | undefined {
	return cell === undefined ? undefined : Date.parse(cell);
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

/** As the columns stand in the help, and entries in their cell, so that nobody goes through a row twice. */
function byPlace(a: FieldProblem, b: FieldProblem): number {
	const [column, entry] = placeOf(a);
	const [otherColumn, otherEntry] = placeOf(b);
	return column - otherColumn || entry - otherEntry;
}

function placeOf({ path }: FieldProblem): [column: number, entry: number] {
	const [column = "", index = -1] = path.split(".");
	return [(importColumns as readonly string[]).indexOf(column), Number(index)];
}

/** `scopes.1` is the second entry of the column scopes. */
function asColumn({ path, message }: FieldProblem): Omit<ImportProblem, "line"> {
	const [column, index] = path.split(".");
	return { column, message: index === undefined ? message : `entry ${Number(index) + 1} ${message}` };
}
