import { setImmediate as nextTurn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collect: (() => void) | undefined;

/**
 * Resolves when the files of closed connections are closed. libsql keeps a file
 * open until the statements prepared on it are garbage-collected, and statements
 * cannot be ended in any other way. Windows cannot rename or delete an open file,
 * and to SQLite an open file looks like a database in use.
 */
export async function releaseFileHandles(): Promise<void> {
	if (collect === undefined) {
		setFlagsFromString("--expose-gc");
		collect = runInNewContext("gc") as () => void;
	}
	collect();
	// Collected statements release their files in the next turns.
	await nextTurn();
	await nextTurn();
}
