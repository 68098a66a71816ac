/** `npm run build`: the server, the dashboard and the Roblox model, each only when it is missing or stale. */
import { buildDashboard } from "./build-dashboard.mjs";
import { buildServer } from "./build-server.mjs";
import { run } from "./run.mjs";

const built = [buildServer(), buildDashboard(), run("scripts/build-roblox.mjs")];
if (built.includes(false)) process.exitCode = 1;
else process.stdout.write("The server is up to date: dist/server, with the dashboard in dist/dashboard\n");
