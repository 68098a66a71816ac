import type { SecretFingerprintStore } from "../../store/store.js";
import type { Connection } from "./connection.js";

export function sqliteSecretFingerprints(connection: Connection): SecretFingerprintStore {
	const find = connection.prepare("SELECT mark FROM secret_mark");
	const put = connection.prepare(
		"INSERT INTO secret_mark (single, mark) VALUES (1, ?) ON CONFLICT (single) DO UPDATE SET mark = excluded.mark",
	);
	const current = () => (find.get() as { mark: string } | undefined)?.mark;
	return {
		current: () => connection.read(current),
		claim: (mark, instead) =>
			connection.write(() => {
				if (current() !== instead) return false;
				put.run(mark);
				return true;
			}),
	};
}
