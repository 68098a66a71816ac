import type { KeyUsage } from "../../model/usage.js";
import type { QuotaUse, UsageStore } from "../../store/store.js";
import { quotaKeptMs } from "../quotaRetention.js";
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

/** Usage is not announced to the change feed: nobody keeps it in memory as a record. */
function addition(connection: Connection): (batch: readonly KeyUsage[]) => Map<string, QuotaUse> {
	const quota = quotaReader(connection);
	const addHour = connection.prepare(`
		INSERT INTO usage_hours (key_id, hour, verified, refused) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET verified = verified + excluded.verified, refused = refused + excluded.refused`);
	const moveLastUse = connection.prepare(`
		INSERT INTO last_uses (key_id, at, place_id, address) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET at = excluded.at, place_id = excluded.place_id, address = excluded.address
		WHERE excluded.at > at`);
	const movePrevious = connection.prepare(`
		UPDATE last_uses SET previous_rotated_at = ?1, previous_at = ?2
		WHERE key_id = ?3 AND (?1, ?2) > (coalesce(previous_rotated_at, -1), coalesce(previous_at, -1))`);
	const addQuota = connection.prepare(`
		INSERT INTO quota_counters (key_id, period_start, used) VALUES (?, ?, ?)
		ON CONFLICT DO UPDATE SET used = used + excluded.used`);
	const dropOldQuota = connection.prepare("DELETE FROM quota_counters WHERE key_id = ? AND period_start < ?");

	return (batch) => {
		const quotas = new Map<string, QuotaUse>();
		for (const usage of batch) {
			for (const { hour, verified, refused } of usage.hours)
				addHour.run(usage.keyId, hour, verified, refused);
			if (usage.lastUse !== undefined) {
				const { at, placeId, address, previous } = usage.lastUse;
				moveLastUse.run(usage.keyId, at, placeId ?? null, address);
				if (previous !== undefined) movePrevious.run(previous.rotatedAt, previous.at, usage.keyId);
			}
			if (usage.quota === undefined) continue;
			const { periodStart, used } = usage.quota;
			addQuota.run(usage.keyId, periodStart, used);
			dropOldQuota.run(usage.keyId, periodStart - quotaKeptMs);
			const known = quotas.get(usage.keyId);
			if (known !== undefined && known.periodStart > periodStart) continue;
			quotas.set(usage.keyId, { periodStart, used: quota(usage.keyId, periodStart) });
		}
		return quotas;
	};
}
