import type { Logger } from "pino";
import type { Clock } from "../primitives/clock.js";
import { StoreUnavailable } from "../store/store.js";
import { LogRateLimiter } from "./logRateLimiter.js";

export interface AccessLogLine {
	readonly requestId: string;
	/** The endpoint's name; `none` for pages and for requests that no endpoint takes. */
	readonly endpoint: string;
	readonly status: number;
	/** `ok`, or the code of the error catalogue. */
	readonly code: string;
	/** Milliseconds. */
	readonly ms: number;
	readonly address: string;
	readonly keyId?: string;
	/** The account that is signed in, or whose sign-in failed. Requests with a key have `keyId` instead. */
	readonly accountId?: string;
	readonly detail?: string;
}

/**
 * One line per request: at debug if it succeeded, at info if it was rejected, as
 * a warning if the server failed. Contains IDs only, never tokens, headers or
 * query strings.
 *
 * The lines of rejected and of failed requests are limited (`LogRateLimiter`),
 * each kind separately, so that a flood of one does not hide the other.
 * Suppressed lines are logged as totals. At debug every request has its line.
 */
export class AccessLog {
	readonly #rejected: LogRateLimiter;
	readonly #failed: LogRateLimiter;
	readonly #errors: LogRateLimiter;

	constructor(
		private readonly logger: Logger,
		clock: Clock,
	) {
		this.#rejected = new LogRateLimiter(clock);
		this.#failed = new LogRateLimiter(clock);
		this.#errors = new LogRateLimiter(clock);
	}

	/** Whether successful requests are logged too. */
	get logsSuccess(): boolean {
		return this.logger.isLevelEnabled("debug");
	}

	/** Logs a request. `error`: what was thrown, if it failed for that; logged in a line before. */
	write(line: AccessLogLine, error?: unknown): void {
		const { logger } = this;
		if (line.status < 400) return logger.debug(line, "request completed");
		const failed = line.status >= 500;
		if (!logger.isLevelEnabled(failed ? "warn" : "info") && line.code !== "internal") return;
		if (!this.logsSuccess && !this.#limiterFor(line).take(line.address, line.code)) return;
		const { requestId, endpoint } = line;
		if (line.code === "internal") logger.error({ err: error, requestId, endpoint }, "unexpected error");
		else if (error instanceof StoreUnavailable) {
			logger.warn({ requestId, reason: error.message }, "database unavailable");
		}
		if (failed) logger.warn(line, "request failed");
		else logger.info(line, "request rejected");
	}

	/** Logs totals of the lines suppressed since the last time. Called once a minute and at shutdown. */
	flushSuppressed(): void {
		for (const { address, ...totals } of this.#rejected.takeSuppressed()) {
			this.logger.info({ ...totals, address }, "more requests rejected");
		}
		for (const { address, ...totals } of this.#failed.takeSuppressed()) {
			this.logger.warn({ ...totals, address }, "more requests failed");
		}
		// At the level of the lines they stand for.
		for (const { address, ...totals } of this.#errors.takeSuppressed()) {
			this.logger.error({ ...totals, address }, "more unexpected errors");
		}
	}

	#limiterFor({ status, code }: AccessLogLine): LogRateLimiter {
		if (status < 500) return this.#rejected;
		return code === "internal" ? this.#errors : this.#failed;
	}
}
