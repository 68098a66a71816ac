/** `npm start`: the server, built first when it is missing or stale. In this very process, so that signals reach it. */
import { buildServer } from "./build-server.mjs";
import { endWithNpm } from "./end-with-npm.mjs";

if (buildServer()) {
	endWithNpm();
	await import("../dist/server/main.js");
} else process.exitCode = 1;
