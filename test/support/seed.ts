import { createLink } from "../../server/accounts/createLink.js";
import { commandLine, type Domain } from "../../server/core/context.js";
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

/** The secret of every server a test starts, so that they can share a database. */
export const testSecrets: ServerSecrets = {
	current: "a secret for tests that is long enough to be one",
	retired: [],
};

type WorkspaceWish = Partial<Pick<WorkspaceRecord, "name" | "placeProof" | "idleDays" | "maxKeys">>;

/** A workspace with one active place and a game key good in it. */
export interface Home {
	readonly workspace: WorkspaceRecord;
	readonly place: PlaceRecord;
	readonly key: IssuedKey["key"];
	readonly token: string;
}

/** Makes workspaces, places and keys in a store, as the command line does. */
export interface Issuing {
	workspace(wish?: WorkspaceWish): Promise<WorkspaceRecord>;
	/** The place is active unless told otherwise. */
	place(
		workspaceId: string,
		wish?: Partial<Pick<PlaceRecord, "id" | "name" | "status">>,
	): Promise<PlaceRecord>;
	/** A game key without scopes unless told otherwise. */
	key(workspaceId: string, wish?: Partial<NewKey>): Promise<IssuedKey>;
	/** A token of an admin key of the built-in operator, for everything unless told otherwise. */
	adminToken(scopes?: readonly string[], wish?: Partial<NewKey>): Promise<string>;
	/** The code of a new link for making the first account. */
	setupCode(): Promise<string>;
	home(wishes?: { readonly workspace?: WorkspaceWish; readonly key?: Partial<NewKey> }): Promise<Home>;
}

let count = 0;

export function issuing(store: Store, clock: Clock, secrets: ServerSecrets = testSecrets): Issuing {
	const domain: Domain = { store, clock, secrets, forget: () => {} };
	const issue = async (wish: Omit<NewKey, "name" | "scopes"> & Partial<NewKey>) =>
		granted(await issueKey(domain, { name: `Key ${++count}`, scopes: [], ...wish }, commandLine));
	const made: Issuing = {
		workspace: async (wish = {}) =>
			granted(await createWorkspace(domain, { name: "Obby Studio", ...wish }, commandLine)),
		place: async (workspaceId, wish = {}) =>
			granted(await allowPlace(domain, { id: String(100_000 + ++count), ...wish, workspaceId }, commandLine)),
		key: (workspaceId, wish = {}) => issue({ kind: "game", ...wish, workspaceId }),
		adminToken: async (scopes = ["*"], wish = {}) =>
			(await issue({ kind: "admin", accountId: builtInOperatorId, ...wish, scopes })).token,
		setupCode: async () => {
			const { path } = granted(await createLink(domain, { purpose: "setup" }, commandLine));
			return path.slice(path.indexOf("#") + 1);
		},
		home: async (wishes = {}) => {
			const workspace = await made.workspace(wishes.workspace);
			const place = await made.place(workspace.id, { name: "Lobby" });
			return { workspace, place, ...(await made.key(workspace.id, wishes.key)) };
		},
	};
	return made;
}

function granted<T>(outcome: T | Problem): T {
	if (!(outcome instanceof Problem)) return outcome;
	throw new Error(`refused: ${outcome.code} ${JSON.stringify(outcome.details)}`);
}
