/**
 * Freezes the contract as it is now, at a release that SDKs are built from:
 *
 *     node -r ./test/support/typescript.cjs test/contract/freeze.ts v1
 *
 * What is frozen is never changed again: compatibility.test.ts holds every later
 * contract to it. Only a version that was not released may be deleted and frozen
 * anew.
 */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { endpoints } from "../../shared/endpoints/index.js";
import { errors } from "../../shared/errors.js";
import { snapshotOf } from "./snapshot.js";

const version = process.argv[2] ?? "";
const file = join(__dirname, "released", `${version}.json`);

if (!/^v\d+$/.test(version)) {
	console.error("Say which version to freeze, such as v2.");
	process.exitCode = 1;
} else if (existsSync(file)) {
	console.error(`${version} is frozen already. Freeze the next version.`);
	process.exitCode = 1;
} else {
	writeFileSync(file, `${JSON.stringify(snapshotOf(endpoints, errors), undefined, "\t")}\n`);
	console.log(`Froze the contract as test/contract/released/${version}.json`);
}
