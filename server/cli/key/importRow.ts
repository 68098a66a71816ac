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
const validator = validatorOf(shape, { unknownFields: "reject" });

/** The columns of an import file: the fields of keys.create, and the digest and prefix of the token. */
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

/** A row of an import file. */
export interface FileRow {
	/** The line it starts on, counted from 1. */
	readonly line: number;
	/** The trimmed cells by column. Empty cells are absent. */
	readonly cells: Readonly<Record<string, string>>;
}

/**
 * Converts a row to a key to import, or returns every problem with it. For a list
 * with too many entries, only that it is too long. Messages never quote the row.
 */
export function readImportRow({ line, cells }: FileRow, now: number): ForeignKey | ImportProblem[] {
	const { digest, prefix = "", ...texts } = cells;
	const lists = {
		scopes: parseList(cells.scopes),
		placeIds: parseList(cells.placeIds),
		allowedIps: parseList(cells.allowedIps),
	};
	const read = validator.safeParse({ ...texts, ...lists });
	const sha256 = parseDigest(digest);
	const shapeProblems = read.success ? [] : problemsOf(read.error);
	const expiry = shapeProblems.some(({ path }) => path === "expiresAt")
		? undefined
		: parseTime(cells.expiresAt);
	const problems: FieldProblem[] = [
		...shapeProblems,
		...ruleProblems({ ...cells, ...lists, expiresAt: expiry }, shapeProblems, now),
		...digestProblems(digest, sha256),
		...prefixProblems(prefix),
		...encodingProblems(cells),
	];
	if (problems.length > 0 || !read.success || sha256 === undefined) {
		return problems.sort(byColumn).map((problem) => ({ line, ...asColumn(problem) }));
	}
	const input = read.data as Omit<ForeignKey["input"], "expiresAt">;
	return { line, input: { ...input, expiresAt: expiry }, sha256, prefix };
}

/**
 * Checks the rules of the domain even when the shape is wrong, so that one problem
 * does not hide another. Entries that break the shape are not checked twice.
 */
function ruleProblems(
	{ kind, ...given }: Parameters<typeof keyFieldProblems>[1] & { readonly kind?: string },
	shapeProblems: readonly FieldProblem[],
	now: number,
): FieldProblem[] {
	// With an unknown kind, no rule about the kind can be broken.
	const problems = keyFieldProblems(kind === "service" ? kind : "game", given, now);
	return problems.filter(
		({ path }) => !path.includes(".") || !shapeProblems.some((one) => one.path === path),
	);
}

/** In milliseconds since the epoch. */
function parseTime(cell: string | undefined): number | undefined {
	return cell === undefined ? undefined : Date.parse(cell);
}

/** Entries of a cell, separated by spaces, commas or semicolons. */
function parseList(cell = ""): string[] {
	return cell.split(/[\s,;]+/).filter((entry) => entry !== "");
}

/** Parses 32 bytes in hex, base64 or base64url. Undefined for anything else. */
function parseDigest(text = ""): Buffer | undefined {
	if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, "hex");
	if (!/^[0-9A-Za-z+/_-]{43}=?$/.test(text)) return undefined;
	const bytes = Buffer.from(text, "base64");
	// The last character has two unused bits. If they are set, the text does not encode 32 bytes.
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

/** Reading replaces bytes that are not UTF-8 with U+FFFD. */
function encodingProblems(cells: FileRow["cells"]): FieldProblem[] {
	return Object.keys(cells)
		.filter((column) => cells[column]?.includes("\ufffd"))
		.map((path) => ({ path, message: "has characters that are not UTF-8; save the file as UTF-8" }));
}

/** Sorts problems by column, then by entry, so that a row can be fixed from left to right. */
function byColumn(a: FieldProblem, b: FieldProblem): number {
	const [column, entry] = positionInRow(a);
	const [otherColumn, otherEntry] = positionInRow(b);
	return column - otherColumn || entry - otherEntry;
}

function positionInRow({ path }: FieldProblem): [column: number, entry: number] {
	const [column = "", index = -1] = path.split(".");
	return [(importColumns as readonly string[]).indexOf(column), Number(index)];
}

/** `scopes.1` is the second entry of the column scopes. */
function asColumn({ path, message }: FieldProblem): Omit<ImportProblem, "line"> {
	const [column, index] = path.split(".");
	return { column, message: index === undefined ? message : `entry ${Number(index) + 1} ${message}` };
}
