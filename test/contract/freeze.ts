/**
 * Freezes the current contract for a release that SDKs are built from:
 *
 *     node -r ./test/support/typescript.cjs test/contract/freeze.ts v1
 *
 * A frozen version never changes: compatibility.test.ts checks every later
 * contract against it. Only a version that was not released can be deleted and
 * frozen again.
 */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { endpoints } from "../../shared/endpoints/index.js";
import { errors } from "../../shared/errors.js";
import { snapshotOf } from "./snapshot.js";

const version = process.argv[2] ?? "";
const file = join(__dirname, "released", `${version}.json`);

if (!/^v\d+$/.test(version)) {
	console.error("Name the version to freeze, such as v2.");
	process.exitCode = 1;
} else if (existsSync(file)) {
	console.error(`${version} is already frozen. Freeze the next version.`);
	process.exitCode = 1;
} else {
	writeFileSync(file, `${JSON.stringify(snapshotOf(endpoints, errors), undefined, "\t")}\n`);
	console.log(`Froze the contract as test/contract/released/${version}.json`);
}
