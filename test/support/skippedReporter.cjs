const { relative } = require("node:path");

/** Says at the end of a run which files had tests that did not run, so that nobody takes silence for success. */
module.exports = class SkippedReporter {
	constructor(globalConfig) {
		this.globalConfig = globalConfig;
	}

	onRunComplete(_contexts, { testResults }) {
		// Whoever runs tests by name leaves the others out on purpose.
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
