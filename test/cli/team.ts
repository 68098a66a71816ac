import type { Json } from "../support/call.js";
import { codeOf, type Person, setUp, signedIn } from "../support/person.js";
import { type ListeningProcess, startProcess } from "../support/process.js";
import { type Workbench, workbench } from "./placelock.js";

/** A running server on the same database as the command line, with a signed-in operator. */
export interface Team extends Workbench {
	readonly server: ListeningProcess;
	readonly boss: Person;
	/** The line that a successful command prints with `--json`. */
	one(...args: string[]): Promise<Json>;
	/** The failure of a command, from its JSON. */
	refused(
		...args: string[]
	): Promise<{ exit: number | null; code: string; message: string; problems?: unknown }>;
	/** A new person who used a link from `invitation create`. */
	join(workspace: string, role: string, name: string): Promise<Person>;
	end(): Promise<void>;
}

export async function team(): Promise<Team> {
	const bench = workbench();
	const server = await startProcess({}, bench.folder);
	const one = async (...args: string[]) => (await bench.json(args))[0];
	const setupCode = async () => codeOf((await one("setup-link")).link);
	return {
		...bench,
		server,
		one,
		boss: await setUp({ call: server.call, setupCode }),
		refused: async (...args) => {
			const { code, stdout, stderr } = await bench.placelock([...args, "--json"]);
			expect({ args, stdout }).toEqual({ args, stdout: "" });
			return { exit: code, ...JSON.parse(stderr).error };
		},
		join: async (workspace, role, name) => {
			const { link } = await one("invitation", "create", workspace, "--role", role);
			const credentials = { name, password: `four plain words for ${name}` };
			const body = { code: codeOf(link), ...credentials };
			return signedIn(server, await server.call("POST", "/v1/invitations/accept", { body }), credentials);
		},
		end: async () => {
			await server.kill();
			bench.remove();
		},
	};
}
