import type { ActivityMinute, ActivityPoint } from "../../model/activity.js";
import { addLatency } from "../../model/latency.js";
import { hourOf } from "../../model/spans.js";
import type { ActivityStore } from "../../store/store.js";
import type { Connection } from "./connection.js";

interface ActivityRow {
	readonly start: number;
	readonly verified: number;
	readonly refused: number;
	/** A JSON list of counts. */
	readonly latency: string;
	readonly last_at: number;
}

export function sqliteActivity(connection: Connection): ActivityStore {
	const add = addition(connection);
	const between = connection.prepare(`
		SELECT * FROM activity WHERE workspace_id = ? AND span = ? AND start >= ? AND start < ? ORDER BY start`);
	const read = (span: "minute" | "hour") => (workspaceId: string, from: number, to: number) =>
		connection.read(() => (between.all(workspaceId, span, from, to) as ActivityRow[]).map(activityOf));
	const last = connection.prepare(
		"SELECT last_at FROM activity WHERE workspace_id = ? AND span = 'hour' ORDER BY start DESC LIMIT 1",
	);
	const deleteBefore = connection.prepare(`
		DELETE FROM activity WHERE (workspace_id, span, start) IN
			(SELECT workspace_id, span, start FROM activity WHERE span = ? AND start < ? LIMIT ?)`);
	return {
		add: (batch) =>
			connection.write(() => {
				for (const minute of batch) {
					add("minute", minute.minute, minute);
					add("hour", hourOf(minute.minute), minute);
				}
			}),
		minutes: read("minute"),
		hours: read("hour"),
		lastCallAt: (workspaceId) =>
			connection.read(() => (last.get(workspaceId) as { last_at: number } | undefined)?.last_at),
		deleteBefore: ({ minutes, hours }, limit) =>
			connection.write(
				() =>
					deleteBefore.run("minute", minutes, limit).changes + deleteBefore.run("hour", hours, limit).changes,
			),
	};
}

/** Adds to the row of a span. Reading before writing is safe: there is one writer at a time. */
function addition(
	connection: Connection,
): (span: "minute" | "hour", start: number, more: ActivityMinute) => void {
	const find = connection.prepare(
		"SELECT latency FROM activity WHERE workspace_id = ? AND span = ? AND start = ?",
	);
	const write = connection.prepare(`
		INSERT INTO activity (workspace_id, span, start, verified, refused, latency, last_at) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET verified = verified + excluded.verified, refused = refused + excluded.refused,
			latency = excluded.latency, last_at = max(last_at, excluded.last_at)`);
	return (span, start, { workspaceId, verified, refused, latency, lastAt }) => {
		const known = find.get(workspaceId, span, start) as Pick<ActivityRow, "latency"> | undefined;
		const sum: number[] = known === undefined ? [] : JSON.parse(known.latency);
		addLatency(sum, latency);
		write.run(workspaceId, span, start, verified, refused, JSON.stringify(sum), lastAt);
	};
}

function activityOf({ start, verified, refused, latency }: ActivityRow): ActivityPoint {
	return { start, verified, refused, latency: JSON.parse(latency) };
}
