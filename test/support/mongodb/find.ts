import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DryMongoBinary } from "mongodb-memory-server-core/lib/util/DryMongoBinary";
import { MongoBinary } from "mongodb-memory-server-core/lib/util/MongoBinary";
import { cacheFolder } from "./cacheFolder.js";
import { withLock } from "./lock.js";
import type { MongodbProgram } from "./program.js";

const secantusVersion = "0.7.0b3";
const binaries = { downloadDir: join(cacheFolder, "mongodb-binaries") };
const day = 86_400_000;

/**
 * The ways to a MongoDB on this machine, in the order in which they are tried: an
 * installed mongod, a downloaded one, and secantusdb, a test tool with MongoDB's
 * protocol, from the Python package index. Each returns a program, or the reason
 * why it has none.
 */
export const ways: ReadonlyArray<() => Promise<MongodbProgram | string>> = [
	mongodOnPath,
	downloadedMongod,
	downloadMongod,
	secantusdb,
];

async function mongodOnPath(): Promise<MongodbProgram | string> {
	const version = firstLine("mongod", ["--version"]);
	return version === undefined ? "no mongod on PATH" : mongod("mongod", `mongod on PATH (${version})`);
}

async function downloadedMongod(): Promise<MongodbProgram | string> {
	const options = await DryMongoBinary.generateOptions(binaries);
	const found = await DryMongoBinary.locateBinary(options).catch(() => undefined);
	return found === undefined ? "no mongod downloaded earlier" : mongod(found, `mongod ${options.version}`);
}

/** A failed download is not tried again for a day, because failing takes several seconds. */
async function downloadMongod(): Promise<MongodbProgram | string> {
	const note = join(cacheFolder, "mongodb-download-failed");
	if (existsSync(note) && Date.now() - Number(readFileSync(note, "utf8")) < day) {
		return `mongod could not be downloaded lately (delete ${note} to try again)`;
	}
	try {
		mkdirSync(binaries.downloadDir, { recursive: true });
		return mongod(await MongoBinary.getPath(binaries), "mongod, downloaded");
	} catch {
		writeFileSync(note, String(Date.now()));
		return "mongod could not be downloaded";
	}
}

function mongod(command: string, name: string): MongodbProgram {
	return { kind: "mongod", name, command, args: [] };
}

async function secantusdb(): Promise<MongodbProgram | string> {
	const environment = join(cacheFolder, `secantusdb-${secantusVersion}`);
	const [folder, program] = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
	const python = join(environment, folder, program);
	const complete = join(environment, "complete");
	const problem = await withLock(`${environment}.lock`, async () =>
		existsSync(complete) ? undefined : installSecantusdb(environment, python, complete),
	);
	if (problem !== undefined) return problem;
	return {
		kind: "secantusdb",
		name: `secantusdb ${secantusVersion}`,
		command: python,
		// Not the script that the package installs: on Windows that is an extra process around the server's.
		args: ["-c", "import sys; from secantus.cli import main; sys.exit(main())", "--enable-test-commands"],
	};
}

function installSecantusdb(environment: string, python: string, complete: string): string | undefined {
	const candidates: [string, ...string[]][] = [["python3"], ["python"], ["py", "-3"]];
	const found = candidates.find(([command, ...args]) => firstLine(command, [...args, "--version"]));
	if (found === undefined) return "no Python for secantusdb";
	const [command, ...args] = found;
	try {
		// What an earlier attempt left unfinished.
		rmSync(environment, { recursive: true, force: true });
		execFileSync(command, [...args, "-m", "venv", environment], { stdio: "ignore" });
		const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
		execFileSync(python, [...install, `secantusdb==${secantusVersion}`], {
			stdio: "ignore",
			timeout: 120_000,
		});
		writeFileSync(complete, "");
		return undefined;
	} catch {
		return "secantusdb could not be installed";
	}
}

function firstLine(command: string, args: readonly string[]): string | undefined {
	try {
		const output = execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
		return output.split(/\r?\n/)[0];
	} catch {
		return undefined;
	}
}
