import { auditable } from "../audit/difference.js";
import { type AuditContext, createAuditEntry, type Services } from "../core/context.js";
import { Problem } from "../core/problem.js";
import { foldName } from "../model/foldName.js";
import type { ImportOutcome, ImportRules, KeyImport } from "../model/keyImport.js";
import { foreignDigests } from "../secrets/foreignToken.js";
import { newKeyId } from "../secrets/token.js";
import type { NewKey } from "./issueKey.js";

/** A key of another system, with validated fields. */
export interface ForeignKey {
	/** The line of the file it came from, for the report. */
	readonly line: number;
	readonly input: Pick<
		NewKey,
		"kind" | "name" | "scopes" | "description" | "placeIds" | "allowedIps" | "expiresAt"
	>;
	/** SHA-256 of the whole foreign token, 32 bytes. */
	readonly sha256: Buffer;
	/** How the foreign token starts. */
	readonly prefix: string;
}

export type ImportRejection = Exclude<ImportOutcome, "imported" | "known">;

export interface ImportProblem {
	readonly line: number;
	/** The field with the problem: `name` or `digest`. */
	readonly column?: string;
	/** Why it conflicts with what is stored; absent if the list itself is wrong. */
	readonly reason?: ImportRejection;
	readonly message: string;
}

export interface ImportReport {
	readonly imported: number;
	/** Keys imported before, recognised by their digest and left unchanged. */
	readonly known: number;
	readonly rejected: readonly ImportProblem[];
}

/**
 * Imports keys of another system. Each keeps its foreign token until it is
 * rotated. Keys imported before are left unchanged, so an interrupted import can
 * be run again. Keys imported before and deleted since are rejected, because they
 * may have been revoked. `not_found` if the workspace does not exist.
 *
 * `dryRun`: writes nothing and reports what would be imported.
 * `deletedToo`: imports deleted keys again.
 * `progress`: called after every batch with the number of `keys` done.
 *
 * See docs/decisions/0042-imported-keys.md
 */
export async function importKeys(
	services: Services,
	workspaceId: string,
	keys: readonly ForeignKey[],
	auditContext: AuditContext,
	options: ImportRules & { readonly dryRun?: boolean; readonly progress?: (done: number) => void } = {},
): Promise<ImportReport | Problem> {
	const { batchSize } = services.store.imports;
	const { fresh, rejected } = withoutDuplicates(keys);
	const repeated = keys.length - fresh.length;
	const { deletedToo } = options;
	let imported = 0;
	let known = 0;
	let planned = 0;
	for (let at = 0; at === 0 || at < fresh.length; at += batchSize) {
		const batch = fresh.slice(at, at + batchSize);
		const wanted = batch.map((key) => keyImport(services, workspaceId, key, auditContext));
		const outcomes = options.dryRun
			? await services.store.imports.preview(workspaceId, wanted, planned, { deletedToo })
			: await services.store.imports.add(workspaceId, wanted, { deletedToo });
		if (outcomes === "workspace_missing")
			return new Problem("not_found", { detail: "There is no workspace with this ID." });
		batch.forEach(({ line }, index) => {
			const outcome = outcomes[index] ?? "limit_reached";
			if (outcome === "imported") imported++;
			else if (outcome === "known") known++;
			else rejected.push({ line, reason: outcome, ...reasons[outcome] });
		});
		planned = imported;
		if (!options.dryRun) services.invalidate({ type: "imports" });
		options.progress?.(repeated + Math.min(at + batchSize, fresh.length));
	}
	return { imported, known, rejected: rejected.sort((a, b) => a.line - b.line) };
}

const reasons: { readonly [R in ImportRejection]: Pick<ImportProblem, "column" | "message"> } = {
	known_elsewhere: { column: "digest", message: "belongs to a key of another workspace" },
	known_deleted: {
		column: "digest",
		message: "was imported before, and its key was deleted since",
	},
	name_taken: { column: "name", message: "is the name of another key of the workspace that is not revoked" },
	limit_reached: { message: "exceeds the maxKeys of the workspace" },
};

/** A key listed twice is imported once; its second line is rejected. */
function withoutDuplicates(keys: readonly ForeignKey[]): { fresh: ForeignKey[]; rejected: ImportProblem[] } {
	const [digests, names] = [new Map<string, number>(), new Map<string, number>()];
	const rejected: ImportProblem[] = [];
	const fresh = keys.filter(({ line, sha256, input }) => {
		const [digest, name] = [sha256.toString("base64"), foldName(input.name)];
		const repeated = [
			{ column: "digest", first: digests.get(digest) },
			{ column: "name", first: names.get(name) },
		].flatMap(({ column, first }) =>
			first === undefined ? [] : [{ line, column, message: `is the same as in line ${first}` }],
		);
		rejected.push(...repeated);
		if (repeated.length > 0) return false;
		digests.set(digest, line);
		names.set(name, line);
		return true;
	});
	return { fresh, rejected };
}

function keyImport(
	services: Services,
	workspaceId: string,
	{ input, sha256, prefix }: ForeignKey,
	auditContext: AuditContext,
): KeyImport {
	const now = services.clock.now();
	const digests = foreignDigests(sha256, services.secrets);
	const [digest = sha256] = digests;
	const key = {
		...input,
		id: newKeyId(),
		workspaceId,
		placeIds: input.placeIds ?? [],
		allowedIps: input.allowedIps ?? [],
		digest,
		importedPrefix: prefix,
		createdAt: now,
		updatedAt: now,
	};
	const audit = createAuditEntry(auditContext, now, {
		action: "keys.import",
		workspaceId,
		targetType: "key",
		targetId: key.id,
		after: auditable(key),
	});
	return { key, audit, digests };
}
