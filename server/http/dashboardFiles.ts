import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** A built file of the dashboard, ready to send. */
export interface DashboardFile {
	readonly type: string;
	readonly content: Buffer;
	/** Absent if it would not be smaller. */
	readonly gzipped?: Buffer;
	readonly etag: string;
}

export interface Dashboard {
	/** The page, with `./` before every reference and `noncePlaceholder` in place of the nonce. */
	readonly html: string;
	/** By path relative to the page: `assets/index-4f2a.js`. */
	readonly files: ReadonlyMap<string, DashboardFile>;
}

/** Placeholder in the built page for each response's nonce. */
export const noncePlaceholder = "__NONCE__";

/** Placeholder in the built page for `PUBLIC_URL`, which may be empty. */
export const publicUrlPlaceholder = "__PUBLIC_URL__";

const types: Readonly<Record<string, string>> = {
	".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
	".txt": "text/plain; charset=utf-8",
};

/**
 * Reads the built dashboard, all files together, so that a build while the
 * server runs does not mix two versions. Undefined if it was not built.
 */
export function readDashboard(folder: string): Dashboard | undefined {
	const page = join(folder, "index.html");
	if (!existsSync(page)) return undefined;
	const names = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
	const files = names.flatMap((name): [string, DashboardFile][] => {
		const type = types[extname(name)];
		return type === undefined ? [] : [[name.replaceAll("\\", "/"), readFile(type, join(folder, name))]];
	});
	return { html: readFileSync(page, "utf8"), files: new Map(files) };
}

/** Where the build puts the dashboard. A server run from its sources finds it too. */
export function dashboardFolder(): string {
	return join(projectFolder(), "dist", "dashboard");
}

/** Where `npm run build:roblox` puts the model. */
export function modelFile(): string {
	return join(projectFolder(), "dist", "roblox", "Placelock.rbxm");
}

function projectFolder(from = __dirname): string {
	if (existsSync(join(from, "package.json"))) return from;
	const parent = dirname(from);
	if (parent === from) throw new Error("The server is not inside the project's folder.");
	return projectFolder(parent);
}

function readFile(type: string, file: string): DashboardFile {
	const content = readFileSync(file);
	// Weak, because it is the same with and without gzip.
	const etag = `W/"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`;
	const gzipped = type.includes("image/png") ? undefined : gzipSync(content);
	return { type, content, etag, gzipped: gzipped && gzipped.length < content.length ? gzipped : undefined };
}
