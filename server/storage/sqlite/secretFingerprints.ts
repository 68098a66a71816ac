import type { SecretFingerprintStore } from "../../store/store.js";
import type { Connection } from "./connection.js";

export function sqliteSecretFingerprints(connection: Connection): SecretFingerprintStore {
	const find = connection.prepare("SELECT mark FROM secret_mark");
	const write = connection.prepare(
		"INSERT INTO secret_mark (single, mark) VALUES (1, ?) ON CONFLICT (single) DO UPDATE SET mark = excluded.mark",
	);
	const current = () => (find.get() as { mark: string } | undefined)?.mark;
	return {
		current: () => connection.read(current),
		claim: (fingerprint, expected) =>
			connection.write(() => {
				if (current() !== expected) return false;
				write.run(fingerprint);
				return true;
			}),
	};
}
