const config = require("./jest.config.cjs");

/** `npm run test:fast`: what runs in this process, without browsers, documents and processes of its own. */
module.exports = {
	...config,
	testPathIgnorePatterns: [
		"/node_modules/",
		"/test/(browser|cli|demo|docs|doctor|instances|process|scripts)/",
	],
};
