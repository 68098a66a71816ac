import express, { type Router } from "express";
import type { Metrics } from "./metrics.js";

/** What is served besides the contract: `/metrics`. */
export function createPages(metrics: Metrics): Router {
	const pages = express.Router();
	pages.get("/metrics", async (_request, response) => {
		response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
	});
	return pages;
}
