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
 * Adds the dashboard: the same page at every one of its addresses, and the files
 * it is made of. `folder` is where the build left them; they are read when the
 * page is first asked for. The page is told `publicUrl`, to tell games where the
 * server is: somebody at a desk may have come another way.
 */
export function addDashboard(pages: Router, folder: string, publicUrl = ""): void {
	let read: Dashboard | undefined;
	const dashboard = () => {
		read ??= withPublicUrl(readDashboard(folder), publicUrl);
		return read;
	};

	const policy = helmet.contentSecurityPolicy(policyWithStyleNonce((response) => nonces.get(response) ?? ""));
	pages.get(Object.values(dashboardPaths), giveNonce, policy, (request: Request, response: Response) => {
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
		// What is in a file is in its name, so it never changes.
		if (file === undefined) next();
		else send(file, request, response, "public, max-age=31536000, immutable");
	});
}

function giveNonce(_request: Request, response: Response, next: () => void): void {
	nonces.set(response, randomBytes(16).toString("base64url"));
	next();
}

/** The page as it goes to one address: what it refers to is relative, so that it works behind a proxy under any path. */
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
	const zipped = request.acceptsEncodings("gzip") === "gzip" ? file.zipped : undefined;
	if (zipped !== undefined) response.set("Content-Encoding", "gzip");
	// Express answers 304 by itself when the browser's ETag is this one.
	response.send(zipped ?? file.content);
}

const notBuilt = htmlPage(
	"Placelock",
	'<link rel="stylesheet" href="./docs/page.css">',
	`<main>
<h1>The dashboard is not built</h1>
<p>Run <code>npm run build</code> and start the server again; <code>npm start</code> does both. The API works without it: see <a href="./docs">its documentation</a>.</p>
</main>`,
);
