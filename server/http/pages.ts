import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import express, { type Request, type Response, type Router } from "express";
import { Problem } from "../core/problem.js";
import { dashboardPaths } from "../isomorphic/dashboardPaths.js";
import { apiPage, apiPageScript, readSwaggerFile, swaggerFileNames } from "./apiPage.js";
import { addDashboard } from "./dashboard.js";
import { errorsPage } from "./errorsPage.js";
import type { Metrics } from "./metrics.js";
import { openApiDocument } from "./openapi/document.js";
import { pageStyle } from "./pageStyle.js";
import { writeAllow } from "./response.js";
import { rejectUnrouted } from "./unroutedRequest.js";

export interface PageSources {
	/** Where the built dashboard is. */
	readonly dashboardFolder: string;
	/** The built Roblox model. It may be built or replaced while the server runs. */
	readonly modelFile: string;
	/** `PUBLIC_URL`: the address the dashboard shows for games. */
	readonly publicUrl?: string;
}

/**
 * Everything served besides the contract's endpoints: the dashboard, `/metrics`,
 * `/openapi.json`, the pages under `/docs`, and the Roblox model.
 */
export function createPages(
	metrics: Metrics,
	{ dashboardFolder, modelFile, publicUrl }: PageSources,
): Router {
	const pages = express.Router({ strict: true, caseSensitive: true });
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
	pages.get(modelPath, (_request, response) => sendModel(modelFile, response));
	addDashboard(pages, dashboardFolder, publicUrl);
	pages.all(
		[...Object.keys(files), "/metrics", modelPath, ...Object.values(dashboardPaths)],
		handleOtherMethods,
	);
	return pages;
}

interface PageFile {
	readonly type: string;
	readonly content: string | Buffer;
}

/** Sends the file, read on the first request. Browsers keep it and ask each time whether it has changed. */
function sender(read: () => PageFile) {
	let file: { readonly type: string; readonly content: Buffer; readonly etag: string } | undefined;
	return (_request: Request, response: Response): void => {
		if (file === undefined) {
			const { type, content: text } = read();
			const content = Buffer.from(text);
			const etag = `"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`;
			file = { type: type === "image/png" ? type : `${type}; charset=utf-8`, content, etag };
		}
		response.set({ "Content-Type": file.type, "Cache-Control": "no-cache", ETag: file.etag });
		// Express responds with 304 itself if the browser's ETag matches.
		response.send(file.content);
	};
}

/** The SDK, ready for Studio. It contains no secrets, so no sign-in is needed. */
const modelPath = "/download/Placelock.rbxm";

async function sendModel(file: string, response: Response): Promise<void> {
	if (!existsSync(file)) return rejectUnrouted(response, new Problem("not_found", { detail: modelNotBuilt }));
	response.attachment("Placelock.rbxm").type("application/octet-stream").set("Cache-Control", "no-cache");
	response.send(await readFile(file));
}

const modelNotBuilt =
	"The Roblox model was not built. Run npm run build:roblox in Placelock's folder; you do not need to restart the server.";

function handleOtherMethods(request: Request, response: Response): void {
	const allow = "GET, HEAD, OPTIONS";
	if (request.method === "OPTIONS") writeAllow(response, String(response.getHeader("X-Request-Id")), allow);
	else rejectUnrouted(response, new Problem("method_not_allowed", { allow }));
}
