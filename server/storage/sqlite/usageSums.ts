import { dayOf } from "../../model/spans.js";
import type { CallCounts, KeyUsage } from "../../model/usage.js";
import type { UsageStore } from "../../store/store.js";
import type { Connection } from "./connection.js";

/** Sums of requests: of each key by day, and of whole workspaces by hour. Keys without a workspace count for "". */
export function usageSums(connection: Connection): Pick<UsageStore, "workspaceHours" | "keySums"> {
	const hours = connection.prepare(
		"SELECT hour, verified, refused FROM workspace_hours WHERE workspace_id = ? AND hour >= ? AND hour < ? ORDER BY hour",
	);
	const keys = connection.prepare(`
		SELECT key_id AS keyId, sum(verified) AS verified, sum(refused) AS refused
		FROM usage_days WHERE workspace_id = ? AND day >= ? AND day < ?
		GROUP BY key_id ORDER BY sum(verified) + sum(refused) DESC, key_id LIMIT ?`);
	return {
		workspaceHours: (workspaceId, from, to) =>
			connection.read(() =>
				(hours.all(workspaceId, from, to) as ({ hour: number } & CallCounts)[]).map(
					({ hour, verified, refused }) => ({ hour, verified, refused }),
				),
			),
		keySums: (workspaceId, from, to, limit) =>
			connection.read(() =>
				(keys.all(workspaceId, from, to, limit) as ({ keyId: string } & CallCounts)[]).map(
					({ keyId, verified, refused }) => ({ keyId, verified, refused }),
				),
			),
	};
}

/** Adds a batch to the sums, inside the batch's transaction. */
export function sumAddition(connection: Connection): (batch: readonly KeyUsage[]) => void {
	const onConflict =
		"ON CONFLICT DO UPDATE SET verified = verified + excluded.verified, refused = refused + excluded.refused";
	const addDay = connection.prepare(`
		INSERT INTO usage_days (workspace_id, day, key_id, verified, refused) VALUES (?, ?, ?, ?, ?) ${onConflict}`);
	const addHour = connection.prepare(`
		INSERT INTO workspace_hours (workspace_id, hour, verified, refused) VALUES (?, ?, ?, ?) ${onConflict}`);
	return (batch) => {
		// Most of a batch belongs to one workspace and hour: that row is written once.
		const sums = new Map<string, { workspaceId: string; hour: number; verified: number; refused: number }>();
		for (const { keyId, workspaceId = "", hours } of batch) {
			for (const { hour, verified, refused } of hours) {
				addDay.run(workspaceId, dayOf(hour), keyId, verified, refused);
				const name = `${workspaceId}/${hour}`;
				const sum = sums.get(name) ?? { workspaceId, hour, verified: 0, refused: 0 };
				sums.set(name, { ...sum, verified: sum.verified + verified, refused: sum.refused + refused });
			}
		}
		for (const { workspaceId, hour, verified, refused } of sums.values()) {
			addHour.run(workspaceId, hour, verified, refused);
		}
	};
}
