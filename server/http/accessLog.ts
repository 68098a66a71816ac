import type { Logger } from "pino";
import type { Clock } from "../primitives/clock.js";
import { StoreUnavailable } from "../store/store.js";
import { LogRateLimiter } from "./logRateLimiter.js";

export interface AccessLogLine {
	readonly requestId: string;
	/** The endpoint's name; `none` for pages and for what no endpoint takes. */
	readonly endpoint: string;
	readonly status: number;
	/** `ok`, or the code of the error catalogue. */
	readonly code: string;
	/** Milliseconds. */
	readonly ms: number;
	readonly address: string;
	readonly keyId?: string;
	/** Who is signed in, or was not let in; of a call with a key, the key says it. */
	readonly accountId?: string;
	readonly detail?: string;
}

/**
 * One line a call: at debug when it was answered, at info when it was refused,
 * as a warning when the server was at fault. Ids only: tokens, headers and
 * query strings never come here.
 *
 * Refused and failed calls write a bounded number of lines (`LogRateLimiter`),
 * each kind by itself, so that a flood of one hides no other; the rest is told
 * in sums. Who asked for debug gets every line.
 */
export class AccessLog {
	readonly #refused: LogRateLimiter;
	readonly #failed: LogRateLimiter;
	readonly #bugs: LogRateLimiter;

	constructor(
		private readonly logger: Logger,
		clock: Clock,
	) {
		this.#refused = new LogRateLimiter(clock);
		this.#failed = new LogRateLimiter(clock);
		this.#bugs = new LogRateLimiter(clock);
	}

	/** Whether calls that were answered are logged as well. */
	get logsAnswered(): boolean {
		return this.logger.isLevelEnabled("debug");
	}

	/** Logs a call. `error`: what was thrown, if that is why it failed; its line comes first. */
	write(line: AccessLogLine, error?: unknown): void {
		const { logger } = this;
		if (line.status < 400) return logger.debug(line, "call");
		const failed = line.status >= 500;
		if (!logger.isLevelEnabled(failed ? "warn" : "info") && line.code !== "internal") return;
		if (!this.logsAnswered && !this.#allowanceOf(line).take(line.address, line.code)) return;
		const { requestId, endpoint } = line;
		if (line.code === "internal") logger.error({ err: error, requestId, endpoint }, "bug");
		else if (error instanceof StoreUnavailable) {
			logger.warn({ requestId, reason: error.message }, "database out of reach");
		}
		if (failed) logger.warn(line, "call failed");
		else logger.info(line, "call refused");
	}

	/** Tells of the calls that had no line since the last time; to be called once a minute, and at the end. */
	flushSuppressed(): void {
		for (const { address, ...rest } of this.#refused.takeSuppressed()) {
			this.logger.info({ ...rest, address }, "more calls refused");
		}
		for (const { address, ...rest } of this.#failed.takeSuppressed()) {
			this.logger.warn({ ...rest, address }, "more calls failed");
		}
		// As loud as the lines they stand for.
		for (const { address, ...rest } of this.#bugs.takeSuppressed()) {
			this.logger.error({ ...rest, address }, "more bugs");
		}
	}

	#allowanceOf({ status, code }: AccessLogLine): LogRateLimiter {
		if (status < 500) return this.#refused;
		return code === "internal" ? this.#bugs : this.#failed;
	}
}
