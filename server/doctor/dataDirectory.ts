import { accessSync, constants, readdirSync, type Stats, statfsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileExists, PathNotReadable, runAsServerHint, statIfExists } from "../primitives/files.js";
import { type Finding, ok, problem, warning } from "./finding.js";

/** Below this, the database may soon run out of space. In bytes. */
const minFreeBytes = 100 * 1024 * 1024;

/** Checks that the data directory exists, belongs to this user, is private and writable, and has free space. */
export function checkDataDirectory(dataDir: string): Finding[] {
	const folder = resolve(dataDir);
	try {
		const found = statIfExists(folder);
		return found === undefined ? [missingFolder(folder)] : checkFolder(folder, found);
	} catch (error) {
		if (!(error instanceof PathNotReadable)) throw error;
		return [problem("data directory", error.message, runAsServerHint)];
	}
}

function checkFolder(folder: string, found: Stats): Finding[] {
	if (!found.isDirectory()) {
		return [problem("data directory", `${folder} is not a folder`, "Set PLACELOCK_DATA_DIR to a folder.")];
	}
	if (!writable(folder)) {
		return [
			problem(
				"data directory",
				`this user cannot write to ${folder}`,
				"Change its owner to the user of the server (chown), and run this as that user.",
			),
		];
	}
	const findings = [
		...ownerFindings(folder, found),
		...modeFindings(folder, found),
		...spaceFindings(folder),
	];
	return findings.length > 0 ? findings : [ok("data directory", `${folder} is writable and private`)];
}

function missingFolder(folder: string): Finding {
	let parent = dirname(folder);
	while (!fileExists(parent)) parent = dirname(parent);
	if (writable(parent)) return ok("data directory", `${folder} will be created on the first start`);
	return problem(
		"data directory",
		`${folder} does not exist, and this user may not create it in ${parent}`,
		"Create it with the user of the server as its owner, or set PLACELOCK_DATA_DIR.",
	);
}

function writable(folder: string): boolean {
	try {
		accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** The server may not be able to open files that another user creates. */
function ownerFindings(folder: string, { uid }: Stats): Finding[] {
	const own = process.getuid?.();
	if (own === undefined || uid === own) return [];
	return [
		warning(
			"data directory",
			`${folder} belongs to user ${uid}, but this runs as user ${own}`,
			"Run commands as the user of the server: it may not be able to open files of another user.",
		),
	];
}

function modeFindings(folder: string, found: Stats): Finding[] {
	if (process.platform === "win32") return [];
	const names = readdirSync(folder).filter(
		(name) => name.startsWith("placelock.db") || name.startsWith("secret"),
	);
	const open = [folder, ...names.map((name) => join(folder, name))].filter((path) => {
		const stats = path === folder ? found : statSync(path, { throwIfNoEntry: false });
		return stats !== undefined && (stats.mode & 0o077) !== 0;
	});
	// Files in a private folder are private too.
	if (open.length === 0 || !open.includes(folder)) return [];
	const others = open.filter((path) => path !== folder);
	return [
		problem(
			"data directory",
			`other users of this machine can open ${folder}${others.length > 0 ? ` and read ${others.join(", ")}` : ""}`,
			`chmod 700 ${folder}${others.length > 0 ? `; chmod 600 ${others.join(" ")}` : ""}`,
		),
	];
}

function spaceFindings(folder: string): Finding[] {
	const { bavail, bsize } = statfsSync(folder);
	const freeBytes = bavail * bsize;
	if (freeBytes >= minFreeBytes) return [];
	return [
		problem(
			"data directory",
			`only ${Math.floor(freeBytes / 1024 / 1024)} MiB are free for ${folder}`,
			"Free some space: a server that cannot write returns 503.",
		),
	];
}
