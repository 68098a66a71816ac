import type { ServerResponse } from "node:http";
import type { JsonLines } from "../api/results.js";
import type { LimitReport } from "../core/problem.js";
import { headersOf } from "./response.js";

export const jsonLinesType = "application/x-ndjson";

/**
 * Writes a response in JSON lines, a page at a time: the next page is read once
 * the caller has received the last. The first is read before anything is
 * written, so that an unavailable database still gets a problem as response.
 * Resolves when everything is written or the caller has disconnected; rejects
 * when a page cannot be read.
 */
export async function writeJsonLines(
	response: ServerResponse,
	status: number,
	requestId: string,
	{ pages }: JsonLines<unknown>,
	limits: readonly LimitReport[],
): Promise<void> {
	const iterator = pages[Symbol.asyncIterator]();
	let page = await iterator.next();
	response.writeHead(status, ["Content-Type", jsonLinesType, ...headersOf(requestId, limits)]);
	if (response.req.method === "HEAD") {
		response.end();
		await iterator.return?.();
		return;
	}
	while (!page.done && !response.destroyed) {
		const lines = page.value.map((value) => `${JSON.stringify(value)}\n`);
		if (!response.write(lines.join(""))) await drained(response);
		page = response.destroyed ? page : await iterator.next();
	}
	if (response.destroyed) await iterator.return?.();
	else response.end();
}

/** Resolves when the caller has received what was written, or has disconnected. */
function drained(response: ServerResponse): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			response.off("drain", done).off("close", done);
			resolve();
		};
		response.on("drain", done).on("close", done);
	});
}
