/** `npm run build`: the server and the Roblox model, each only when it is missing or stale. */
import { buildServer } from "./build-server.mjs";
import { run } from "./run.mjs";

const built = [buildServer(), run("scripts/build-roblox.mjs")];
if (built.includes(false)) process.exitCode = 1;
else process.stdout.write("The server is up to date: dist/server\n");
