require("./typescript.cjs");

/** Starts no server: the first suite that needs one does. */
module.exports = () => require("./mongodb/run.ts").beginRun();
