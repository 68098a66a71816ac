import type { LeaseStore } from "../../store/store.js";
import type { Connection } from "./connection.js";

export function sqliteLeases(connection: Connection): LeaseStore {
	const acquire = connection.prepare(`
		INSERT INTO leases (name, holder, until) VALUES (?, ?, ?)
		ON CONFLICT DO UPDATE SET holder = excluded.holder, until = excluded.until
		WHERE until <= ? OR holder = excluded.holder`);
	const release = connection.prepare("DELETE FROM leases WHERE name = ? AND holder = ?");
	return {
		acquire: (name, holder, now, until) =>
			connection.write(() => acquire.run(name, holder, until, now).changes === 1),
		release: (name, holder) =>
			connection.write(() => {
				release.run(name, holder);
			}),
	};
}
