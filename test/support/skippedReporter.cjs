const { relative } = require("node:path");

/** Reports at the end of a run which files had skipped tests, so that nobody mistakes silence for success. */
module.exports = class SkippedReporter {
	constructor(globalConfig) {
		this.globalConfig = globalConfig;
	}

	onRunComplete(_contexts, { testResults }) {
		// Running tests by name skips the others on purpose.
		if (this.globalConfig.testNamePattern) return;
		const skipped = testResults.filter(({ numPendingTests }) => numPendingTests > 0);
		if (skipped.length === 0) return;
		const lines = skipped.map(
			({ testFilePath, numPendingTests }) =>
				`  ${relative(this.globalConfig.rootDir, testFilePath)}: ${numPendingTests}`,
		);
		process.stderr.write(`\nTests that did NOT run, by file:\n${lines.join("\n")}\n`);
	}
};
