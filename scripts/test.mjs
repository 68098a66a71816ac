/** `npm test`: every jest suite, on a server and a Roblox model that are up to date. Arguments go to jest. */
import { buildServer } from "./build-server.mjs";
import { run } from "./run.mjs";

const ready = buildServer() && run("scripts/build-roblox.mjs", ["--quiet"]);
if (!ready || !run("node_modules/jest/bin/jest.js", process.argv.slice(2))) process.exitCode = 1;
