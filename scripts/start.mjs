/** `npm start`: the server and its dashboard, built first when they are missing or stale. In this very process, so that signals reach it. */
import { buildDashboard } from "./build-dashboard.mjs";
import { buildModelBeside } from "./build-model-beside.mjs";
import { buildServer } from "./build-server.mjs";
import { endWithNpm } from "./end-with-npm.mjs";

if (buildServer() && buildDashboard()) {
	endWithNpm();
	buildModelBeside();
	await import("../dist/server/main.js");
} else process.exitCode = 1;
