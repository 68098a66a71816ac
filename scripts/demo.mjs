/** `npm run demo`: the whole story, on a server and a Roblox model that are up to date. */
import { buildServer } from "./build-server.mjs";
import { run, runTypescript } from "./run.mjs";

const ready = buildServer() && run("scripts/build-roblox.mjs", ["--quiet"]);
if (!ready || !runTypescript("test/demo/run.ts")) process.exitCode = 1;
