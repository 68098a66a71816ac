import { exitCodes } from "../../boot/exitCodes.js";
import { CommandFailure } from "../support/commandFailure.js";

/** The database that a connection string without one stands for. */
const withoutName = /^mongodb(?:\+srv)?:\/\/[^/?]+\/?(?:\?|$)/;

/**
 * Why `backup` does nothing with MongoDB, and what does. The command names the
 * variable, not its value: that holds a password.
 */
export function mongodumpFailure(uri: string, file: string): CommandFailure {
	const database = withoutName.test(uri) ? " --db=placelock" : "";
	return new CommandFailure(
		"use_mongodump",
		`the data is in MongoDB, and nothing was written. MongoDB's own tool makes the backup:

  mongodump --uri="$MONGODB_URI"${database} --gzip --archive="${file}"

The dump is of one moment only while no server writes. For one made under load use
your provider's snapshots, or dump the whole deployment with --oplog and without a
database name. PLACELOCK_SECRET is not in it: keep it apart.`,
		exitCodes.refused,
	);
}

/** The same for `restore`. */
export function mongorestoreFailure(file: string): CommandFailure {
	return new CommandFailure(
		"use_mongorestore",
		`the data is in MongoDB, and nothing was changed. Stop every server, then restore with MongoDB's own tool:

  mongorestore --uri="$MONGODB_URI" --drop --gzip --archive="${file}"

Start the servers with the PLACELOCK_SECRET that belongs to the dump.`,
		exitCodes.refused,
	);
}
