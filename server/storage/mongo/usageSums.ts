import type { AnyBulkWriteOperation, ClientSession, Collection, Document } from "mongodb";
import { dayMs, dayOf, weekMs, weekOf } from "../../model/spans.js";
import type { CallCounts, KeyUsage } from "../../model/usage.js";
import type { UsageStore } from "../../store/store.js";
import { type Collections, type UsageSumDocument, usageSumId, workspaceDayId } from "./collections.js";
import type { MongoDatabase } from "./database.js";

/**
 * Sums of requests. A document holds many keys, because the cost of reading is
 * the number of documents: with one document per key and day, a month of a
 * thousand keys would be 31,000; this way it is a few dozen. Weeks beside days
 * reduce them further.
 */

/**
 * How many documents the keys of a span are divided into. A document holds 16 MiB
 * at most, and a key takes about 40 bytes: this has room for a million keys of a
 * workspace per week.
 */
const parts = 4;

function partOf(keyId: string): string {
	return String(keyId.charCodeAt(keyId.length - 1) % parts);
}

export function usageSums(database: MongoDatabase): Pick<UsageStore, "workspaceHours" | "keySums"> {
	return {
		workspaceHours: (workspaceId, from, to) =>
			database.run(async ({ workspaceDays }) => {
				const start = { $gte: dayOf(from), $lt: to };
				const documents = await workspaceDays.find({ workspaceId, start }).toArray();
				const sums: Sums = new Map();
				for (const document of documents) addUp(sums, document);
				return [...sums]
					.map(([hour, counts]) => ({ hour: Number(hour), ...counts }))
					.filter(({ hour }) => hour >= from && hour < to)
					.sort((a, b) => a.hour - b.hour);
			}),
		keySums: (workspaceId, from, to, limit) =>
			database.run(async ({ usageSums: collection }) => {
				const found = await Promise.all(
					spansOf(from, to).map((within) => {
						const start = { $gte: within.from, $lt: within.to };
						return collection.find({ workspaceId, span: within.span, start }).toArray();
					}),
				);
				const sums: Sums = new Map();
				for (const document of found.flat()) addUp(sums, document);
				return [...sums]
					.map(([keyId, counts]) => ({ keyId, ...counts }))
					.sort((a, b) => callsOf(b) - callsOf(a) || (a.keyId < b.keyId ? -1 : 1))
					.slice(0, limit);
			}),
	};
}

/** The days before the first whole week, the whole weeks, and the days after the last. */
function spansOf(from: number, to: number): { span: UsageSumDocument["span"]; from: number; to: number }[] {
	const firstWeek = weekOf(from + weekMs - 1);
	const lastWeek = weekOf(to);
	if (firstWeek >= lastWeek) return [{ span: "day", from, to }];
	return [
		{ span: "day" as const, from, to: firstWeek },
		{ span: "week" as const, from: firstWeek, to: lastWeek },
		{ span: "day" as const, from: lastWeek, to },
	].filter((range) => range.from < range.to);
}

type Sums = Map<string, { verified: number; refused: number }>;

function addUp(sums: Sums, counts: Pick<UsageSumDocument, "verified" | "refused">): void {
	for (const sort of ["verified", "refused"] as const) {
		for (const [name, count] of Object.entries(counts[sort] ?? {})) {
			let sum = sums.get(name);
			if (sum === undefined) {
				sum = { verified: 0, refused: 0 };
				sums.set(name, sum);
			}
			sum[sort] += count;
		}
	}
}

function callsOf({ verified, refused }: CallCounts): number {
	return verified + refused;
}

/** Adds a batch to the sums, inside the batch's transaction. Keys without a workspace count for "". */
export async function addSums(
	{ usageSums: sums, workspaceDays }: Collections,
	batch: readonly KeyUsage[],
	session: ClientSession,
): Promise<void> {
	const ofKeys = new Additions();
	const ofWorkspaces = new Additions();
	for (const { keyId, workspaceId = "", hours } of batch) {
		for (const { hour, ...counts } of hours) {
			const [day, week] = [dayOf(hour), weekOf(hour)];
			const spans = [
				["day", day, day + dayMs],
				["week", week, week + weekMs],
			] as const;
			for (const [span, start, until] of spans) {
				const id = usageSumId(workspaceId, span, start, partOf(keyId));
				ofKeys.add(id, { workspaceId, span, start, until }, keyId, counts);
			}
			const made = { workspaceId, start: day, until: day + dayMs };
			ofWorkspaces.add(workspaceDayId(workspaceId, day), made, String(hour), counts);
		}
	}
	await ofKeys.write(sums, session);
	await ofWorkspaces.write(workspaceDays, session);
}

/** Increments by document, so that each document is written once. */
class Additions {
	readonly #documents = new Map<string, { readonly made: Document; readonly $inc: Record<string, number> }>();

	add(id: string, made: Document, name: string, { verified, refused }: CallCounts): void {
		const document = this.#documents.get(id) ?? { made, $inc: {} };
		this.#documents.set(id, document);
		for (const [sort, count] of Object.entries({ verified, refused })) {
			const field = `${sort}.${name}`;
			if (count > 0) document.$inc[field] = (document.$inc[field] ?? 0) + count;
		}
	}

	/** Ordered by ID, so that instances that write concurrently conflict at the first one, early. */
	async write<D extends { readonly _id: string }>(
		collection: Collection<D>,
		session: ClientSession,
	): Promise<void> {
		const ordered = [...this.#documents].sort(([a], [b]) => (a < b ? -1 : 1));
		const operations = ordered.map(([_id, { made, $inc }]) => ({
			updateOne: {
				// The workspace too: the collections are sharded by it.
				filter: { _id, workspaceId: made.workspaceId },
				update: { $setOnInsert: made, ...(Object.keys($inc).length > 0 ? { $inc } : {}) },
				upsert: true,
			},
		})) as unknown as AnyBulkWriteOperation<D>[];
		if (operations.length > 0) await collection.bulkWrite(operations, { session });
	}
}
