import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import express, { type NextFunction, type Request, type Response, type Router } from "express";
import { Problem } from "../core/problem.js";
import { dashboardPaths } from "../isomorphic/dashboardPaths.js";
import { apiPage, apiPageScript, readSwaggerFile, swaggerFileNames } from "./apiPage.js";
import { addDashboard } from "./dashboard.js";
import { errorsPage } from "./errorsPage.js";
import type { Metrics } from "./metrics.js";
import { openApiDocument } from "./openapi/document.js";
import { pageStyle } from "./pageStyle.js";
import { writeAllow } from "./response.js";

export interface PageSources {
	/** Where the built dashboard is. */
	readonly dashboardFolder: string;
	/** The built Roblox model; it may come and change while the server runs. */
	readonly modelFile: string;
	/** `PUBLIC_URL`: what the dashboard tells games to call. */
	readonly publicUrl?: string;
}

/**
 * What is served besides the contract: the dashboard, `/metrics`,
 * `/openapi.json`, the pages for people under `/docs`, and the Roblox model.
 */
export function createPages(
	metrics: Metrics,
	{ dashboardFolder, modelFile, publicUrl }: PageSources,
): Router {
	const pages = express.Router({ strict: true });
	pages.get("/metrics", async (_request, response) => {
		response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
	});
	const files: Record<string, () => PageFile> = {
		"/openapi.json": () => ({ type: "application/json", content: JSON.stringify(openApiDocument()) }),
		"/docs": () => ({ type: "text/html", content: apiPage }),
		"/docs/start.js": () => ({ type: "text/javascript", content: apiPageScript }),
		"/docs/errors": () => ({ type: "text/html", content: errorsPage() }),
		"/docs/page.css": () => ({ type: "text/css", content: pageStyle }),
	};
	for (const name of swaggerFileNames) files[`/docs/${name}`] = () => readSwaggerFile(name);
	for (const [path, read] of Object.entries(files)) pages.get(path, sender(read));
	pages.get(modelPath, (_request, response, next) => sendModel(modelFile, response, next));
	addDashboard(pages, dashboardFolder, publicUrl);
	pages.all([...Object.keys(files), "/metrics", modelPath, ...Object.values(dashboardPaths)], otherMethods);
	return pages;
}

interface PageFile {
	readonly type: string;
	readonly content: string | Buffer;
}

/** Sends what `read` makes, made once. Browsers keep it, and ask each time whether it is still the same. */
function sender(read: () => PageFile) {
	let made: { readonly type: string; readonly content: Buffer; readonly etag: string } | undefined;
	return (_request: Request, response: Response): void => {
		if (made === undefined) {
			const { type, content: given } = read();
			const content = Buffer.from(given);
			const etag = `"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`;
			made = { type: type === "image/png" ? type : `${type}; charset=utf-8`, content, etag };
		}
		response.set({ "Content-Type": made.type, "Cache-Control": "no-cache", ETag: made.etag });
		// Express answers 304 by itself when the browser's ETag is this one.
		response.send(made.content);
	};
}

/** The SDK, ready for Studio. Nothing in it is secret, so nobody needs to sign in for it. */
const modelPath = "/download/Placelock.rbxm";

async function sendModel(file: string, response: Response, next: NextFunction): Promise<void> {
	if (!existsSync(file)) {
		const detail =
			"The Roblox model was not built. Run npm run build:roblox in Placelock's folder; the server need not be started again.";
		return next(new Problem("not_found", { detail }));
	}
	response.attachment("Placelock.rbxm").type("application/octet-stream").set("Cache-Control", "no-cache");
	response.send(await readFile(file));
}

function otherMethods(request: Request, response: Response, next: NextFunction): void {
	const allow = "GET, HEAD, OPTIONS";
	if (request.method === "OPTIONS") writeAllow(response, String(response.getHeader("X-Request-Id")), allow);
	else next(new Problem("method_not_allowed", { allow }));
}
