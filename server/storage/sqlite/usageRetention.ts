import { dayMs } from "../../model/spans.js";
import type { UsageStore } from "../../store/store.js";
import type { Connection } from "./connection.js";

/** Keys looked at in one step, so that the database is never held for long. */
const keysPerStep = 1_000;

/** Deletes all that is kept of a key's use but its part in the workspace's sums. */
export function usageForgetter(connection: Connection): (keyId: string) => void {
	const steps = ["last_uses", "usage_hours", "quota_counters"].map((table) =>
		connection.prepare(`DELETE FROM ${table} WHERE key_id = ?`),
	);
	return (keyId) => {
		for (const step of steps) step.run(keyId);
	};
}

export function usageRetention(connection: Connection): Pick<UsageStore, "dropBefore" | "dropOrphans"> {
	const oldRows = (table: string, key: string, time: string) =>
		connection.prepare(
			`DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${time} < ? LIMIT ?)`,
		);
	const dropHours = oldRows("usage_hours", "key_id, hour", "hour");
	const dropWorkspaceHours = oldRows("workspace_hours", "workspace_id, hour", "hour");
	const dropDays = oldRows("usage_days", "workspace_id, day, key_id", "day");
	const counted = connection.prepare(`
		SELECT day, workspace_id, key_id, NOT EXISTS (SELECT 1 FROM keys WHERE id = key_id) AS orphaned
		FROM usage_days WHERE day >= ? AND (day, workspace_id, key_id) > (?, ?, ?)
		ORDER BY day, workspace_id, key_id LIMIT ?`);
	const invalidate = usageForgetter(connection);

	return {
		dropBefore: (before, limit) =>
			connection.write(() => {
				// A day goes when its last hour does.
				const days = dropDays.run(before - dayMs + 1, limit).changes;
				return days + dropHours.run(before, limit).changes + dropWorkspaceHours.run(before, limit).changes;
			}),
		dropOrphans: async (since, after) => {
			const start = after === undefined ? [since, "", ""] : (JSON.parse(after) as [number, string, string]);
			const rows = await connection.read(() => counted.all(since, ...start, keysPerStep) as CountedRow[]);
			const orphans = new Set(rows.filter((row) => row.orphaned === 1).map((row) => row.key_id));
			if (orphans.size > 0) {
				await connection.write(() => {
					for (const keyId of orphans) invalidate(keyId);
				});
			}
			const last = rows.at(-1);
			const more = rows.length === keysPerStep && last !== undefined;
			return {
				dropped: orphans.size,
				...(more ? { next: JSON.stringify([last.day, last.workspace_id, last.key_id]) } : {}),
			};
		},
	};
}

interface CountedRow {
	readonly day: number;
	readonly workspace_id: string;
	readonly key_id: string;
	readonly orphaned: 0 | 1;
}
