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

/** The server cannot be reached, or this client was closed. */
const connectionErrors = [
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

/** Labels of server errors that may not occur again on another attempt. */
const transientLabels = [
	"RetryableWriteError",
	"TransientTransactionError",
	"UnknownTransactionCommitResult",
	"SystemOverloadedError",
];

/**
 * Codes of a server that is temporarily unable to respond: no primary, shutting
 * down, majority not reached in time, timed out, disk full. From MongoDB's
 * src/mongo/base/error_codes.yml.
 */
const transientCodes = new Set([
	6, 7, 50, 64, 89, 91, 133, 189, 202, 262, 9001, 10058, 10107, 11600, 11602, 13435, 13436, 14031,
]);

export function isUnavailable(error: unknown): boolean {
	if (connectionErrors.some((kind) => error instanceof kind)) return true;
	// Timed out waiting for a pooled connection: this class is not exported.
	if (error instanceof MongoError && /^Mongo(WaitQueueTimeout|Pool\w+)Error$/.test(error.name)) return true;
	if (!(error instanceof MongoServerError)) return false;
	// A bulk write wraps connection errors in its own class; only server errors have a numeric code.
	if (error instanceof MongoBulkWriteError && typeof error.code !== "number") return true;
	return (
		transientLabels.some((label) => error.hasErrorLabel(label)) || transientCodes.has(Number(error.code))
	);
}

/** Whether a transaction conflicted with another one, or with a change of primary, and should run again. */
export function isTransient(error: unknown): boolean {
	return error instanceof MongoError && error.hasErrorLabel("TransientTransactionError");
}

/**
 * Marks a duplicate key error so that the transaction runs again: the ID or name
 * was free when the transaction looked, so another one has taken it since, and
 * the next run sees that. Usually the server reports a conflict itself.
 */
export function retryOnDuplicate(error: unknown): never {
	if (error instanceof MongoServerError && error.code === 11_000) {
		error.addErrorLabel("TransientTransactionError");
	}
	throw error;
}

/** Whether it is unknown if the server committed. Committing again is safe and resolves it. */
export function isCommitUnknown(error: unknown): boolean {
	return error instanceof MongoError && error.hasErrorLabel("UnknownTransactionCommitResult");
}

/**
 * Turns errors that a later attempt can avoid into `StoreUnavailable`; others
 * stay. Keeps only the driver's message, never the error itself: it refers to
 * the connection, which knows the password.
 */
export function translated(error: unknown, hosts: string): unknown {
	if (!(error instanceof Error) || !isUnavailable(error)) return error;
	return new StoreUnavailable(`the request to MongoDB at ${hosts} failed: ${error.message} (${error.name})`);
}
