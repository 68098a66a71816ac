import { setImmediate as nextTurn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collect: (() => void) | undefined;

/**
 * Resolves when the files of closed connections are closed. libsql leaves a
 * file open until the statements prepared on it are collected, and there is no
 * other way to end a statement. Windows renames and deletes no open file; and
 * to SQLite an open file looks like somebody who uses the database.
 */
export async function releaseFileHandles(): Promise<void> {
	if (collect === undefined) {
		setFlagsFromString("--expose-gc");
		collect = runInNewContext("gc") as () => void;
	}
	collect();
	// What was collected is let go in the turns after.
	await nextTurn();
	await nextTurn();
}
