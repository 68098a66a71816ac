import { createLink } from "../../server/accounts/createLink.js";
import { commandLine, type Services } from "../../server/core/context.js";
import { Problem } from "../../server/core/problem.js";
import { type IssuedKey, issueKey, type NewKey } from "../../server/keys/issueKey.js";
import { builtInOperatorId } from "../../server/model/account.js";
import type { PlaceRecord } from "../../server/model/place.js";
import type { WorkspaceRecord } from "../../server/model/workspace.js";
import { allowPlace } from "../../server/places/changePlace.js";
import type { Clock } from "../../server/primitives/clock.js";
import type { ServerSecrets } from "../../server/secrets/token.js";
import type { Store } from "../../server/store/store.js";
import { createWorkspace } from "../../server/workspaces/changeWorkspace.js";

/** The secret of every server that a test starts, so that they can share a database. */
export const testSecrets: ServerSecrets = {
	current: "a secret for tests that is long enough to be one",
	retired: [],
};

type WorkspaceInput = Partial<Pick<WorkspaceRecord, "name" | "placeProof" | "idleDays" | "maxKeys">>;

/** A workspace with one active place and a game key that is valid in it. */
export interface Fixture {
	readonly workspace: WorkspaceRecord;
	readonly place: PlaceRecord;
	readonly key: IssuedKey["key"];
	readonly token: string;
}

/** Creates workspaces, places and keys in a store, as the command line does. */
export interface Seed {
	workspace(input?: WorkspaceInput): Promise<WorkspaceRecord>;
	/** Active by default. */
	place(
		workspaceId: string,
		input?: Partial<Pick<PlaceRecord, "id" | "name" | "status">>,
	): Promise<PlaceRecord>;
	/** A game key without scopes by default. */
	key(workspaceId: string, input?: Partial<NewKey>): Promise<IssuedKey>;
	/** The token of a new admin key of the built-in operator, with all scopes by default. */
	adminToken(scopes?: readonly string[], input?: Partial<NewKey>): Promise<string>;
	/** The code of a new setup link. */
	setupCode(): Promise<string>;
	fixture(wishes?: { readonly workspace?: WorkspaceInput; readonly key?: Partial<NewKey> }): Promise<Fixture>;
}

let count = 0;

export function createSeed(store: Store, clock: Clock, secrets: ServerSecrets = testSecrets): Seed {
	const services: Services = { store, clock, secrets, invalidate: () => {} };
	const issue = async (input: Omit<NewKey, "name" | "scopes"> & Partial<NewKey>) =>
		orThrow(await issueKey(services, { name: `Key ${++count}`, scopes: [], ...input }, commandLine));
	const seed: Seed = {
		workspace: async (input = {}) =>
			orThrow(await createWorkspace(services, { name: "Obby Studio", ...input }, commandLine)),
		place: async (workspaceId, input = {}) =>
			orThrow(
				await allowPlace(services, { id: String(100_000 + ++count), ...input, workspaceId }, commandLine),
			),
		key: (workspaceId, input = {}) => issue({ kind: "game", ...input, workspaceId }),
		adminToken: async (scopes = ["*"], input = {}) =>
			(await issue({ kind: "admin", accountId: builtInOperatorId, ...input, scopes })).token,
		setupCode: async () => {
			const { path } = orThrow(await createLink(services, { purpose: "setup" }, commandLine));
			return path.slice(path.indexOf("#") + 1);
		},
		fixture: async (wishes = {}) => {
			const workspace = await seed.workspace(wishes.workspace);
			const place = await seed.place(workspace.id, { name: "Lobby" });
			return { workspace, place, ...(await seed.key(workspace.id, wishes.key)) };
		},
	};
	return seed;
}

function orThrow<T>(outcome: T | Problem): T {
	if (!(outcome instanceof Problem)) return outcome;
	throw new Error(`rejected: ${outcome.code} ${JSON.stringify(outcome.details)}`);
}
