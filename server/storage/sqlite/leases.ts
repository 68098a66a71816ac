import { impossibleAfter } from "../../model/leaseRules.js";
import type { LeaseStore } from "../../store/store.js";
import type { Connection } from "./connection.js";

export function sqliteLeases(connection: Connection): LeaseStore {
	const acquire = connection.prepare(`
		INSERT INTO leases (name, holder, until) VALUES (?1, ?2, ?3)
		ON CONFLICT DO UPDATE SET holder = excluded.holder, until = excluded.until
		WHERE until <= ?4 OR until > ?5 OR holder = excluded.holder`);
	const release = connection.prepare("DELETE FROM leases WHERE name = ? AND holder = ?");
	return {
		acquire: (name, holder, now, until) =>
			connection.write(
				() => acquire.run(name, holder, until, now, impossibleAfter(now, until)).changes === 1,
			),
		release: (name, holder) =>
			connection.write(() => {
				release.run(name, holder);
			}),
	};
}
