const { availableParallelism } = require("node:os");

/** Every suite runs on the sources through swc; types are checked apart, by `npm run check`. */
module.exports = {
	testMatch: ["<rootDir>/test/**/*.test.ts"],
	transform: {
		"^.+\\.ts$": [
			"@swc/jest",
			{ jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
		],
	},
	moduleNameMapper: {
		"^(\\.{1,2}/.*)\\.js$": "$1",
		"^@shared/(.*)\\.js$": "<rootDir>/shared/$1",
		"^@isomorphic/(.*)\\.js$": "<rootDir>/server/isomorphic/$1",
	},
	testEnvironment: "node",
	globalSetup: "<rootDir>/test/support/globalSetup.cjs",
	globalTeardown: "<rootDir>/test/support/globalTeardown.cjs",
	reporters: [
		"default",
		"<rootDir>/test/support/mongodbReporter.cjs",
		"<rootDir>/test/support/skippedReporter.cjs",
	],
	// Suites start processes and browsers, on machines of every speed.
	testTimeout: 60_000,
	// Much of a suite's time is waiting: for processes, disks and browsers.
	maxWorkers: Math.max(2, availableParallelism() - 1),
	// Suites leave modules behind in their worker; a new one costs less than collecting that garbage.
	workerIdleMemoryLimit: "1GB",
};
