import { exitCodes } from "../../boot/exitCodes.js";
import { CommandFailure } from "../support/commandFailure.js";

/** Matches a connection string that names no database. */
const withoutName = /^mongodb(?:\+srv)?:\/\/[^/?]+\/?(?:\?|$)/;

/**
 * The failure of `backup` on MongoDB, with the command to use instead. It names
 * the variable, not its value, which holds a password.
 */
export function mongodumpFailure(uri: string, file: string): CommandFailure {
	const database = withoutName.test(uri) ? " --db=placelock" : "";
	return new CommandFailure(
		"use_mongodump",
		`the data is in MongoDB; nothing was written. Back up with MongoDB's own tool:

  mongodump --uri="$MONGODB_URI"${database} --gzip --archive="${file}"

The dump is consistent only if no server writes meanwhile. While servers run, use
your provider's snapshots, or dump the whole deployment with --oplog and without a
database name. The dump does not contain PLACELOCK_SECRET; store that separately.`,
		exitCodes.failed,
	);
}

/** The same for `restore`. */
export function mongorestoreFailure(file: string): CommandFailure {
	return new CommandFailure(
		"use_mongorestore",
		`the data is in MongoDB; nothing was changed. Stop every server, then restore with MongoDB's own tool:

  mongorestore --uri="$MONGODB_URI" --drop --gzip --archive="${file}"

Start the servers with the PLACELOCK_SECRET that belongs to the dump.`,
		exitCodes.failed,
	);
}
