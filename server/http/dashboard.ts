import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Request, Response, Router } from "express";
import helmet from "helmet";
import { dashboardPaths } from "../isomorphic/dashboardPaths.js";
import { policyWithStyleNonce } from "./contentPolicy.js";
import {
	type Dashboard,
	type DashboardFile,
	noncePlaceholder,
	publicUrlPlaceholder,
	readDashboard,
} from "./dashboardFiles.js";
import { escapeHtml, htmlPage } from "./html.js";

const nonces = new WeakMap<ServerResponse, string>();

/**
 * Adds the dashboard: the same page at every one of its paths, and its files.
 * `folder` is where the build puts them; they are read on the first request. The
 * page contains `publicUrl`, the address it shows for games, because the browser
 * may have reached the server by another one.
 */
export function addDashboard(pages: Router, folder: string, publicUrl = ""): void {
	let loaded: Dashboard | undefined;
	const dashboard = () => {
		loaded ??= withPublicUrl(readDashboard(folder), publicUrl);
		return loaded;
	};

	const policy = helmet.contentSecurityPolicy(policyWithStyleNonce((response) => nonces.get(response) ?? ""));
	pages.get(Object.values(dashboardPaths), createNonce, policy, (request: Request, response: Response) => {
		response.set({ "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-cache" });
		const html = dashboard()?.html;
		if (html === undefined) response.status(503);
		response.send(pageFor(html ?? notBuilt, request.path, nonces.get(response) ?? ""));
	});
	pages.get("/:file", (request, response, next) => {
		const file = dashboard()?.files.get(request.params.file);
		if (file === undefined) next();
		else send(file, request, response, "no-cache");
	});
	pages.get("/assets/:file", (request, response, next) => {
		const file = dashboard()?.files.get(`assets/${request.params.file}`);
		// The name contains a hash of the content, so the file never changes.
		if (file === undefined) next();
		else send(file, request, response, "public, max-age=31536000, immutable");
	});
}

function createNonce(_request: Request, response: Response, next: () => void): void {
	nonces.set(response, randomBytes(16).toString("base64url"));
	next();
}

/** The page for one path. Its references are relative, so that it works behind a proxy under any path. */
function pageFor(html: string, path: string, nonce: string): string {
	const depth = path.split("/").length - 2;
	const up = depth === 0 ? "./" : "../".repeat(depth);
	return html.replaceAll(/(src|href)="\.\//g, `$1="${up}`).replaceAll(noncePlaceholder, nonce);
}

function withPublicUrl(dashboard: Dashboard | undefined, publicUrl: string): Dashboard | undefined {
	return (
		dashboard && {
			...dashboard,
			html: dashboard.html.replaceAll(publicUrlPlaceholder, () => escapeHtml(publicUrl)),
		}
	);
}

function send(file: DashboardFile, request: Request, response: Response, caching: string): void {
	response.set({
		"Content-Type": file.type,
		"Cache-Control": caching,
		ETag: file.etag,
		Vary: "Accept-Encoding",
	});
	const gzipped = request.acceptsEncodings("gzip") === "gzip" ? file.gzipped : undefined;
	if (gzipped !== undefined) response.set("Content-Encoding", "gzip");
	// Express responds with 304 itself if the browser's ETag matches.
	response.send(gzipped ?? file.content);
}

const notBuilt = htmlPage(
	"Placelock",
	'<link rel="stylesheet" href="./docs/page.css">',
	`<main>
<h1>The dashboard is not built</h1>
<p>Run <code>npm run build</code> and start the server again; <code>npm start</code> does both. The API works without it: see <a href="./docs">its documentation</a>.</p>
</main>`,
);
