const config = require("./jest.config.cjs");

// MongoDB is a process of its own.
process.env.PLACELOCK_TEST_STORES = "embedded";

/** `npm run test:fast`: what runs in this process, without browsers, documents and other processes. */
module.exports = {
	...config,
	testPathIgnorePatterns: [
		"/node_modules/",
		"/test/(browser|cli|demo|docs|doctor|instances|process|scripts)/",
		"/test/storage/mongo",
	],
};
