import { join } from "node:path";

/** What tests keep from run to run; git ignores it. */
export const cacheFolder = join(__dirname, "..", "..", ".cache");
