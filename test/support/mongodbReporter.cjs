const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

/** Reports at the end of a run which MongoDB the suites ran on, or that they did not run. */
module.exports = class MongodbReporter {
	onRunComplete() {
		if (process.env.PLACELOCK_TEST_STORES === "embedded") {
			process.stderr.write("\nMongoDB suites are not part of this run: npm test has them.\n");
			return;
		}
		const file = join(process.env.PLACELOCK_TEST_RUN ?? "", "mongodb.json");
		if (!existsSync(file)) return;
		const found = JSON.parse(readFileSync(file, "utf8"));
		const line =
			found.name === undefined
				? `MongoDB suites did NOT run: no MongoDB found (${found.tried.join("; ")}).`
				: `MongoDB suites ran on ${found.name}.`;
		process.stderr.write(`\n${line}\n`);
	}
};
