/** `npm run bench`: how fast verify is, side by side with what it is compared with. */
import { buildServer } from "./build-server.mjs";
import { runTypescript } from "./run.mjs";

if (!buildServer() || !runTypescript("bench/run.ts")) process.exitCode = 1;
