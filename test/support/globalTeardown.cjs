require("./typescript.cjs");

module.exports = () => require("./mongodb/endRun.ts").endRun();
