import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** A built file of the dashboard, ready to be sent. */
export interface DashboardFile {
	readonly type: string;
	readonly content: Buffer;
	/** Absent where it would not be smaller. */
	readonly zipped?: Buffer;
	readonly etag: string;
}

export interface Dashboard {
	/** The page, with `./` before every address in it and `noncePlaceholder` where the nonce belongs. */
	readonly html: string;
	/** By their path below the page's: `assets/index-4f2a.js`. */
	readonly files: ReadonlyMap<string, DashboardFile>;
}

/** Stands in the built page where each answer's nonce goes. */
export const noncePlaceholder = "__NONCE__";

/** Stands in the built page where `PUBLIC_URL` goes, or nothing. */
export const publicUrlPlaceholder = "__PUBLIC_URL__";

const types: Readonly<Record<string, string>> = {
	".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
	".txt": "text/plain; charset=utf-8",
};

/**
 * Reads what `npm run build` made of the dashboard: all of it at once, so that a
 * build while the server runs does not mix two of them. Undefined when it was
 * not built.
 */
export function readDashboard(folder: string): Dashboard | undefined {
	const page = join(folder, "index.html");
	if (!existsSync(page)) return undefined;
	const names = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
	const files = names.flatMap((name): [string, DashboardFile][] => {
		const type = types[extname(name)];
		return type === undefined ? [] : [[name.replaceAll("\\", "/"), prepared(type, join(folder, name))]];
	});
	return { html: readFileSync(page, "utf8"), files: new Map(files) };
}

/** Where the build puts it: beside the built server, which a server run from its sources finds too. */
export function dashboardFolder(): string {
	return join(projectFolder(), "dist", "dashboard");
}

/** Where `npm run build:roblox` puts the model. */
export function modelFile(): string {
	return join(projectFolder(), "dist", "roblox", "Placelock.rbxm");
}

function projectFolder(from = __dirname): string {
	if (existsSync(join(from, "package.json"))) return from;
	const above = dirname(from);
	if (above === from) throw new Error("The server runs outside the project's folder.");
	return projectFolder(above);
}

function prepared(type: string, file: string): DashboardFile {
	const content = readFileSync(file);
	// Weak, because zipped or not it is the same one.
	const etag = `W/"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`;
	const zipped = type.includes("image/png") ? undefined : gzipSync(content);
	return { type, content, etag, zipped: zipped && zipped.length < content.length ? zipped : undefined };
}
