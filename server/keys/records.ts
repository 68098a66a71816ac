import type { PlaceRecord } from "../model/place.js";
import type { WorkspaceRecord } from "../model/workspace.js";
import type { Freshness } from "../primitives/freshness.js";
import { type Entry, RecordCache } from "../primitives/recordCache.js";
import { ForeignPrefixes } from "../secrets/foreignToken.js";
import type { Change, Store } from "../store/store.js";
import { type CachedKey, toCachedKey } from "./cachedKey.js";

/** The most records of each kind in memory. */
export const recordsInMemory = {
	keys: 100_000,
	workspaces: 20_000,
	places: 100_000,
} as const;

/** The records that requests need, in memory, kept current by the change feed. */
export class Records {
	readonly keys: RecordCache<CachedKey>;
	readonly workspaces: RecordCache<WorkspaceRecord>;
	readonly #places: RecordCache<PlaceRecord>;
	readonly #foreignPrefixes: RecordCache<ForeignPrefixes>;
	readonly #foreignTokens: RecordCache<string>;

	constructor(store: Store, freshness: Freshness) {
		this.keys = new RecordCache({
			max: recordsInMemory.keys,
			freshness,
			load: async (id) => {
				const key = await store.keys.findById(id);
				return key && toCachedKey(key);
			},
		});
		this.workspaces = new RecordCache({
			max: recordsInMemory.workspaces,
			freshness,
			load: (id) => store.workspaces.findById(id),
		});
		this.#places = new RecordCache({
			max: recordsInMemory.places,
			freshness,
			load: (id) => {
				const [workspaceId = "", placeId = ""] = id.split("/");
				return store.places.find(workspaceId, placeId);
			},
		});
		this.#foreignPrefixes = new RecordCache({
			max: 1,
			freshness,
			load: async () => new ForeignPrefixes(await store.imports.prefixes()),
		});
		this.#foreignTokens = new RecordCache({
			max: recordsInMemory.keys,
			freshness,
			load: (digest) => store.imports.keyIdOf(Buffer.from(digest, "base64")),
		});
	}

	/** How imported tokens start. */
	foreignPrefixes(): Entry<ForeignPrefixes> | Promise<Entry<ForeignPrefixes>> {
		return this.#foreignPrefixes.get("all");
	}

	/** The ID of the key whose imported token has this digest. */
	foreignToken(digest: Buffer): Entry<string> | Promise<Entry<string>> {
		return this.#foreignTokens.get(digest.toString("base64"));
	}

	place(workspaceId: string, placeId: string): Entry<PlaceRecord> | Promise<Entry<PlaceRecord>> {
		return this.#places.get(`${workspaceId}/${placeId}`);
	}

	placeUsable(entry: Entry<PlaceRecord>, now: number): boolean {
		return this.#places.usable(entry, now);
	}

	drop(change: Change): void {
		if (change.type === "key") this.keys.drop(change.id);
		else if (change.type === "workspace") this.workspaces.drop(change.id);
		else if (change.type === "place") this.#places.drop(`${change.workspaceId}/${change.placeId}`);
		else {
			const imported = [this.#foreignPrefixes, this.#foreignTokens];
			const others = [this.keys, this.workspaces, this.#places];
			for (const cache of change.type === "imports" ? imported : [...imported, ...others]) cache.dropAll();
		}
	}
}
