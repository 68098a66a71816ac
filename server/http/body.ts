import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { gunzip } from "node:zlib";
import { limits } from "../../shared/limits.js";
import { Problem } from "../core/problem.js";

/**
 * Reads a request's body: at most 64 KiB, before and after inflating gzip
 * (Roblox can send it). `done` is called once, with the bytes or a problem, or
 * not at all if the caller disconnects first. Bytes past the limit are read and
 * discarded until the server's request timeout: many clients read the response
 * only after sending everything, and closing the connection would hide it.
 */
export function readBody(request: IncomingMessage, done: (body: Buffer | Problem) => void): void {
	const problem = headerProblem(request);
	if (problem !== undefined) {
		done(problem);
		return;
	}
	const chunks: Buffer[] = [];
	let size = 0;
	let tooLarge = false;
	request.on("data", (chunk: Buffer) => {
		if (tooLarge) return;
		size += chunk.length;
		if (size > limits.bodyBytes) {
			tooLarge = true;
			chunks.length = 0;
			done(new Problem("body_too_large"));
		} else chunks.push(chunk);
	});
	request.on("end", () => {
		if (tooLarge) return;
		const body = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
		if (request.headers["content-encoding"] === undefined || body.length === 0) done(body);
		else inflate(body, done);
	});
}

/** The JSON value of a body. An empty body counts as an object without fields. */
export function parseBody(body: Buffer): unknown {
	if (body.length === 0) return {};
	if (!isUtf8(body)) return new Problem("body_malformed", { detail: "The body is not UTF-8." });
	try {
		return JSON.parse(body.toString("utf8"));
	} catch {
		return new Problem("body_malformed");
	}
}

function headerProblem({ headers }: IncomingMessage): Problem | undefined {
	const length = headers["content-length"];
	if (length !== undefined && Number(length) > limits.bodyBytes) return new Problem("body_too_large");
	const type = headers["content-type"];
	if (type !== undefined && type !== "application/json" && length !== "0" && !isJson(type)) {
		return new Problem("media_type_unsupported", { detail: "The body must be application/json, in UTF-8." });
	}
	const encoding = headers["content-encoding"];
	if (encoding !== undefined && !/^(x-)?gzip$/i.test(encoding)) {
		return new Problem("media_type_unsupported", { detail: "The only supported Content-Encoding is gzip." });
	}
	return undefined;
}

function isJson(type: string): boolean {
	const [media = "", ...parameters] = type.split(";").map((part) => part.trim().toLowerCase());
	if (!/^application\/(json|[\w.-]+\+json)$/.test(media)) return false;
	return parameters.every(
		(parameter) => !parameter.startsWith("charset=") || /^charset="?utf-?8"?$/.test(parameter),
	);
}

function inflate(body: Buffer, done: (body: Buffer | Problem) => void): void {
	gunzip(body, { maxOutputLength: limits.bodyBytes }, (error, inflated) => {
		if (error === null) done(inflated);
		else if ("code" in error && error.code === "ERR_BUFFER_TOO_LARGE") done(new Problem("body_too_large"));
		else done(new Problem("body_malformed", { detail: "The body is not valid gzip." }));
	});
}
