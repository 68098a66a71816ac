import { accessSync, constants, readdirSync, type Stats, statfsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileExists, PathNotReadable, runAsServerHint, statIfExists } from "../primitives/files.js";
import { type Finding, ok, problem, warning } from "./finding.js";

/** Below this the database may soon find no room, bytes. */
const littleRoom = 100 * 1024 * 1024;

/** Whether the embedded database's folder is there, this user's, closed to others, writable, and has room. */
export function checkDataDirectory(dataDir: string): Finding[] {
	const folder = resolve(dataDir);
	try {
		const found = statIfExists(folder);
		return found === undefined ? [notThere(folder)] : lookAtFolder(folder, found);
	} catch (error) {
		if (!(error instanceof PathNotReadable)) throw error;
		return [problem("data directory", error.message, runAsServerHint)];
	}
}

function lookAtFolder(folder: string, found: Stats): Finding[] {
	if (!found.isDirectory()) {
		return [problem("data directory", `${folder} is no folder`, "Set PLACELOCK_DATA_DIR to one.")];
	}
	if (!writable(folder)) {
		return [
			problem(
				"data directory",
				`${folder} cannot be written to by this user`,
				"Give it to the user the server runs as (chown), and run this as that user.",
			),
		];
	}
	const findings = [...ownerFindings(folder, found), ...modeFindings(folder, found), ...roomFindings(folder)];
	return findings.length > 0
		? findings
		: [ok("data directory", `${folder} is writable, and closed to others`)];
}

function notThere(folder: string): Finding {
	let parent = dirname(folder);
	while (!fileExists(parent)) parent = dirname(parent);
	if (writable(parent)) return ok("data directory", `${folder} is made on the first start`);
	return problem(
		"data directory",
		`${folder} is not there, and this user may not make it in ${parent}`,
		"Make it and give it to the user the server runs as, or set PLACELOCK_DATA_DIR.",
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

/** Files this user makes there would not be the server's. */
function ownerFindings(folder: string, { uid }: Stats): Finding[] {
	const own = process.getuid?.();
	if (own === undefined || uid === own) return [];
	return [
		warning(
			"data directory",
			`${folder} belongs to user ${uid}, and this runs as user ${own}`,
			"Run commands as the user the server runs as: files made by another may lock it out.",
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
	// What is in a folder nobody else may enter is closed as well.
	if (open.length === 0 || !open.includes(folder)) return [];
	const others = open.filter((path) => path !== folder);
	return [
		problem(
			"data directory",
			`others on this machine may look into ${folder}${others.length > 0 ? `, and read ${others.join(", ")}` : ""}`,
			`chmod 700 ${folder}${others.length > 0 ? `; chmod 600 ${others.join(" ")}` : ""}`,
		),
	];
}

function roomFindings(folder: string): Finding[] {
	const { bavail, bsize } = statfsSync(folder);
	const room = bavail * bsize;
	if (room >= littleRoom) return [];
	return [
		problem(
			"data directory",
			`there are only ${Math.floor(room / 1024 / 1024)} MiB left where ${folder} is`,
			"Make room: a database that cannot write answers 503.",
		),
	];
}
