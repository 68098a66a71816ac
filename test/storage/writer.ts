import { writeSync } from "node:fs";
import { systemClock } from "../../server/primitives/clock.js";
import { openStore } from "../../server/storage/openStore.js";
import { audit, key, workspace } from "./samples.js";

/** A program that creates keys until it is killed and prints the ID of each acknowledged one. */
async function write(): Promise<void> {
	const store = await openStore(JSON.parse(process.argv[2] ?? ""), systemClock);
	const home = workspace({ maxKeys: 1_000_000 });
	await store.workspaces.create(home, audit({ targetType: "workspace", targetId: home.id }));
	for (;;) {
		const record = key(home.id);
		await store.keys.create(record, audit({ targetId: record.id }));
		writeSync(1, `${record.id}\n`);
		// Lets the store's own timers and sockets run.
		await new Promise((resolve) => setImmediate(resolve));
	}
}

void write();
