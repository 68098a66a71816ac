import { dayMs } from "../../model/spans.js";
import type { UsageStore } from "../../store/store.js";
import type { Connection } from "./connection.js";

/** Keys checked in one step, so that the database is never blocked for long. */
const keysPerStep = 1_000;

/** Deletes the usage of a key, except its part in the workspace's sums. */
export function usageDeleter(connection: Connection): (keyId: string) => void {
	const steps = ["last_uses", "usage_hours", "quota_counters"].map((table) =>
		connection.prepare(`DELETE FROM ${table} WHERE key_id = ?`),
	);
	return (keyId) => {
		for (const step of steps) step.run(keyId);
	};
}

export function usageRetention(connection: Connection): Pick<UsageStore, "deleteBefore" | "deleteOrphans"> {
	const deleteOld = (table: string, key: string, time: string) =>
		connection.prepare(
			`DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${time} < ? LIMIT ?)`,
		);
	const deleteHours = deleteOld("usage_hours", "key_id, hour", "hour");
	const deleteWorkspaceHours = deleteOld("workspace_hours", "workspace_id, hour", "hour");
	const deleteDays = deleteOld("usage_days", "workspace_id, day, key_id", "day");
	const usedKeys = connection.prepare(`
		SELECT day, workspace_id, key_id, NOT EXISTS (SELECT 1 FROM keys WHERE id = key_id) AS orphaned
		FROM usage_days WHERE day >= ? AND (day, workspace_id, key_id) > (?, ?, ?)
		ORDER BY day, workspace_id, key_id LIMIT ?`);
	const deleteUsage = usageDeleter(connection);

	return {
		deleteBefore: (before, limit) =>
			connection.write(() => {
				// A day is deleted when its last hour is.
				const days = deleteDays.run(before - dayMs + 1, limit).changes;
				const hours = deleteHours.run(before, limit).changes;
				return days + hours + deleteWorkspaceHours.run(before, limit).changes;
			}),
		deleteOrphans: async (since, after) => {
			const start = after === undefined ? [since, "", ""] : (JSON.parse(after) as [number, string, string]);
			const rows = await connection.read(() => usedKeys.all(since, ...start, keysPerStep) as UsedKeyRow[]);
			const orphans = new Set(rows.filter((row) => row.orphaned === 1).map((row) => row.key_id));
			if (orphans.size > 0) {
				await connection.write(() => {
					for (const keyId of orphans) deleteUsage(keyId);
				});
			}
			const last = rows.at(-1);
			const more = rows.length === keysPerStep && last !== undefined;
			return {
				deleted: orphans.size,
				...(more ? { next: JSON.stringify([last.day, last.workspace_id, last.key_id]) } : {}),
			};
		},
	};
}

interface UsedKeyRow {
	readonly day: number;
	readonly workspace_id: string;
	readonly key_id: string;
	readonly orphaned: 0 | 1;
}
