import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../support/projectRoot.js";

interface LockedPackage {
	readonly bin?: Readonly<Record<string, string>>;
	readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8")) as {
	readonly packages: Readonly<Record<string, LockedPackage>>;
};

describe("the lock file", () => {
	it("names the packages of every platform, without which `npm ci` fails on all of them", () => {
		const paths = Object.keys(packages);
		const missing = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
			Object.keys(optionalDependencies).filter(
				(name) => !paths.some((path) => path.endsWith(`node_modules/${name}`)),
			),
		);
		expect(missing).toEqual([]);
	});

	it("names the commands of package.json, so that `npm install` leaves it unchanged", () => {
		const { bin } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
		expect(packages[""]?.bin).toEqual(bin);
	});
});
