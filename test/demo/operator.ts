import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../support/projectRoot.js";

const run = promisify(execFile);

export interface Quickstart {
	readonly workspaceId: string;
	readonly placeId: string;
	readonly keyId: string;
	readonly token: string;
}

/** The operator's command line, used while the server runs, and the management API. */
export function operatorOf(dataDir: string) {
	const placelock = async (...args: string[]): Promise<unknown> => {
		const program = join(projectRoot, "dist/server/cli/main.js");
		const env = { PATH: process.env.PATH, PLACELOCK_DATA_DIR: dataDir };
		const { stdout } = await run(process.execPath, [program, ...args, "--json"], { cwd: dataDir, env });
		return JSON.parse(stdout);
	};
	return {
		quickstart: async (placeId: number) =>
			(await placelock("quickstart", "--place", String(placeId))) as Quickstart,
		adminToken: async () => ((await placelock("admin-key", "create")) as { token: string }).token,
		/** `POST /v1/keys/:keyId/:action` with an admin key. */
		changeKey: async (origin: string, adminToken: string, keyId: string, action: "rotate" | "revoke") => {
			const response = await fetch(`${origin}/v1/keys/${keyId}/${action}`, {
				method: "POST",
				headers: { authorization: `Bearer ${adminToken}`, "content-type": "application/json" },
				body: action === "rotate" ? JSON.stringify({ overlapSeconds: 3_600 }) : undefined,
			});
			if (!response.ok) throw new Error(`${action} returned ${response.status}`);
			return (await response.json()) as { readonly token?: string };
		},
	};
}
