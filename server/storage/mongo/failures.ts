import {
	MongoBulkWriteError,
	MongoClientClosedError,
	MongoError,
	MongoExpiredSessionError,
	MongoNetworkError,
	MongoNotConnectedError,
	MongoOperationTimeoutError,
	MongoServerClosedError,
	MongoServerError,
	MongoServerSelectionError,
	MongoStalePrimaryError,
	MongoTopologyClosedError,
	MongoUnexpectedServerResponseError,
} from "mongodb";
import { StoreUnavailable } from "../../store/store.js";

/** Failures of the way to the server, or of this client being closed. */
const unreachable = [
	MongoClientClosedError,
	MongoExpiredSessionError,
	MongoNetworkError,
	MongoNotConnectedError,
	MongoOperationTimeoutError,
	MongoServerClosedError,
	MongoServerSelectionError,
	MongoStalePrimaryError,
	MongoTopologyClosedError,
	MongoUnexpectedServerResponseError,
];

/** Labels a server puts on what another try may not meet again. */
const passing = [
	"RetryableWriteError",
	"TransientTransactionError",
	"UnknownTransactionCommitResult",
	"SystemOverloadedError",
];

/**
 * Answers of a server that cannot serve at the moment: no primary, shutting
 * down, majority not reached in time, out of time, out of disk. From MongoDB's
 * src/mongo/base/error_codes.yml.
 */
const passingCodes = new Set([
	6, 7, 50, 64, 89, 91, 133, 189, 202, 262, 9001, 10058, 10107, 11600, 11602, 13435, 13436, 14031,
]);

export function isUnavailable(error: unknown): boolean {
	if (unreachable.some((kind) => error instanceof kind)) return true;
	// Waiting for a connection of the pool: this class is not exported.
	if (error instanceof MongoError && /^Mongo(WaitQueueTimeout|Pool\w+)Error$/.test(error.name)) return true;
	if (!(error instanceof MongoServerError)) return false;
	// A bulk write puts its own class around what went wrong on the way; only a server's word has a number.
	if (error instanceof MongoBulkWriteError && typeof error.code !== "number") return true;
	return passing.some((label) => error.hasErrorLabel(label)) || passingCodes.has(Number(error.code));
}

/** Whether a transaction met another one, or a change of primary, and is to be run again. */
export function isTransient(error: unknown): boolean {
	return error instanceof MongoError && error.hasErrorLabel("TransientTransactionError");
}

/**
 * Makes an insert that found its id or name taken a transaction to be run
 * again: it was free when the transaction looked, so another one has taken it,
 * and the next run sees that. Usually the server calls this a conflict by itself.
 */
export function retryOnDuplicate(error: unknown): never {
	if (error instanceof MongoServerError && error.code === 11_000) {
		error.addErrorLabel("TransientTransactionError");
	}
	throw error;
}

/** Whether the server may or may not have committed; committing again is safe and tells. */
export function isCommitUnknown(error: unknown): boolean {
	return error instanceof MongoError && error.hasErrorLabel("UnknownTransactionCommitResult");
}

/**
 * `StoreUnavailable` for what trying later can mend; everything else as it is.
 * Only the driver's message is taken over, never the error: what hangs on it
 * belongs to the connection, and that knows the password.
 */
export function translated(error: unknown, hosts: string): unknown {
	if (!(error instanceof Error) || !isUnavailable(error)) return error;
	return new StoreUnavailable(`MongoDB at ${hosts} did not take the call: ${error.message} (${error.name})`);
}
