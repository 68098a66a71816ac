import { join } from "node:path";

/** What tests keep between runs; git ignores it. */
export const cacheFolder = join(__dirname, "..", "..", ".cache");
