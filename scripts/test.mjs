/** `npm test`: every jest suite, on a server, a dashboard and a Roblox model that are up to date. Arguments go to jest. */
import { buildDashboard } from "./build-dashboard.mjs";
import { buildServer } from "./build-server.mjs";
import { run } from "./run.mjs";

const ready = buildServer() && buildDashboard() && run("scripts/build-roblox.mjs", ["--quiet"]);
if (!ready || !run("node_modules/jest/bin/jest.js", process.argv.slice(2))) process.exitCode = 1;
