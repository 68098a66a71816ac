#!/usr/bin/env node
/** `npx placelock <command>`: the command line, built first when it is missing or stale. */
import { buildServer } from "./build-server.mjs";
import { endWithNpm } from "./end-with-npm.mjs";

if (buildServer()) {
	endWithNpm();
	await import("../dist/server/cli/main.js");
} else process.exitCode = 1;
