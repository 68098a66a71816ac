import {
	type KeyUsage,
	latestQuotaPeriods,
	mergeLastUse,
	type QuotaUse,
	quotaRetentionMs,
} from "../../model/usage.js";
import type { UsageStore } from "../../store/store.js";
import type { Connection } from "./connection.js";
import { lastUseRows, type Row } from "./rows.js";
import { findOne } from "./statements.js";
import { usageRetention } from "./usageRetention.js";
import { sumAddition, usageSums } from "./usageSums.js";

export function sqliteUsage(connection: Connection): UsageStore {
	const add = addition(connection);
	const addSums = sumAddition(connection);
	const lastUse = findOne(connection, "last_uses", lastUseRows, ["key_id"]);
	const lastUses = connection.prepare(
		"SELECT * FROM last_uses WHERE key_id IN (SELECT value FROM json_each(?))",
	);
	const quota = quotaReader(connection);
	const hours = connection.prepare(
		"SELECT hour, verified, refused FROM usage_hours WHERE key_id = ? AND hour >= ? AND hour < ? ORDER BY hour",
	);

	return {
		...usageSums(connection),
		...usageRetention(connection),
		add: (batch) =>
			connection.write(() => {
				addSums(batch);
				return add(batch);
			}),
		lastUse: (keyId) => connection.read(() => lastUse(keyId)),
		lastUses: (keyIds) =>
			connection.read(() => {
				const rows = lastUses.all(JSON.stringify(keyIds)) as Row[];
				return new Map(rows.map((row) => [row.key_id as string, lastUseRows.record(row)]));
			}),
		quotaUsed: (keyId, periodStart) => connection.read(() => quota(keyId, periodStart)),
		hours: (keyId, from, to) =>
			connection.read(() => {
				const rows = hours.all(keyId, from, to) as { hour: number; verified: number; refused: number }[];
				return rows.map(({ hour, verified, refused }) => ({ hour, verified, refused }));
			}),
	};
}

function quotaReader(connection: Connection): (keyId: string, periodStart: number) => number {
	const statement = connection.prepare(
		"SELECT used FROM quota_counters WHERE key_id = ? AND period_start = ?",
	);
	return (keyId, periodStart) =>
		(statement.get(keyId, periodStart) as { used: number } | undefined)?.used ?? 0;
}

/** Usage is not announced to the change feed: no instance keeps it in memory as a record. */
function addition(connection: Connection): (batch: readonly KeyUsage[]) => Map<string, QuotaUse> {
	const quota = quotaReader(connection);
	const addHour = connection.prepare(`
		INSERT INTO usage_hours (key_id, hour, verified, refused) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET verified = verified + excluded.verified, refused = refused + excluded.refused`);
	const findLastUse = findOne(connection, "last_uses", lastUseRows, ["key_id"]);
	const writeLastUse = connection.prepare(
		`REPLACE INTO last_uses (key_id, ${lastUseRows.columns.join(", ")})
		VALUES (?, ${lastUseRows.columns.map(() => "?").join(", ")})`,
	);
	const addQuota = connection.prepare(`
		INSERT INTO quota_counters (key_id, period_start, used) VALUES (?, ?, ?)
		ON CONFLICT DO UPDATE SET used = used + excluded.used`);
	const deleteOldQuota = connection.prepare(
		"DELETE FROM quota_counters WHERE key_id = ? AND period_start < ?",
	);

	return (batch) => {
		for (const { keyId, hours, lastUse, quota: counted } of batch) {
			for (const { hour, verified, refused } of hours) addHour.run(keyId, hour, verified, refused);
			if (lastUse !== undefined) {
				writeLastUse.run(keyId, ...lastUseRows.values(mergeLastUse(findLastUse(keyId), lastUse)));
			}
			if (counted === undefined) continue;
			addQuota.run(keyId, counted.periodStart, counted.used);
			deleteOldQuota.run(keyId, counted.periodStart - quotaRetentionMs);
		}
		const periods = [...latestQuotaPeriods(batch)];
		return new Map(
			periods.map(([keyId, periodStart]) => [keyId, { periodStart, used: quota(keyId, periodStart) }]),
		);
	};
}
