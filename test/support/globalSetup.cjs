require("./typescript.cjs");

/** Starts no MongoDB: the first suite that needs it does. */
module.exports = () => require("./mongodb/run.ts").beginRun();
