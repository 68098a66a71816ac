import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { Problem } from "../core/problem.js";
import { previousTokenEnd } from "../model/keyRules.js";
import type { PlaceRecord } from "../model/place.js";
import type { PlaceProof } from "../model/placeProof.js";
import type { WorkspaceRecord } from "../model/workspace.js";
import type { Clock } from "../primitives/clock.js";
import type { Entry } from "../primitives/recordCache.js";
import { type ForeignPrefixes, foreignDigests, hasOwnPrefix } from "../secrets/foreignToken.js";
import { parseToken, type ServerSecrets, sameDigest } from "../secrets/token.js";
import type { CachedKey } from "./cachedKey.js";
import { type Records, recordsInMemory } from "./records.js";

/** A token of this server and the records behind it. Kept in memory while both records are known to be current. */
export interface ResolvedKey {
	readonly key: Loaded<CachedKey>;
	/** Undefined for admin keys. */
	readonly workspace: Loaded<WorkspaceRecord> | undefined;
	/** Set if the token was rotated out: how long it stays valid, milliseconds since the epoch. */
	readonly rotatedOutAt: number | undefined;
	/** The places it was used in, with what was prepared for their responses. */
	readonly places: Map<string, UsedPlace>;
}

type Loaded<V> = Entry<V> & { readonly value: V };

/** A place that a key was used in. */
export interface UsedPlace {
	readonly entry: Entry<PlaceRecord>;
	/** By proof, the part of the verify response that never changes: JSON without its closing brace. */
	readonly verifyResponses: { [P in PlaceProof]?: string };
}

/**
 * From a token to the records behind it. The first time a token is seen: its
 * check characters, the record, the digest in constant time. After that the
 * token's SHA-256 leads to the resolved key. Raw tokens are not kept. A foreign
 * token is found by its digest, then checked like one of Placelock's own.
 *
 * Whether the key may be used is up to the gate.
 */
export class KeyResolver {
	readonly #resolved = new LRUCache<string, ResolvedKey>({ max: recordsInMemory.keys });
	readonly #records: Records;
	readonly #secrets: ServerSecrets;
	readonly #clock: Clock;

	constructor(deps: { readonly records: Records; readonly secrets: ServerSecrets; readonly clock: Clock }) {
		this.#records = deps.records;
		this.#secrets = deps.secrets;
		this.#clock = deps.clock;
	}

	/** `key_unknown` for anything that is not a valid token of this server, whatever the reason. */
	resolveKey(token: string): ResolvedKey | Problem | Promise<ResolvedKey | Problem> {
		const fingerprint = hash("sha256", token, "base64");
		const resolved = this.#resolved.get(fingerprint);
		if (resolved !== undefined && this.#isUsable(resolved)) return resolved;
		const parsed = parseToken(token, this.#secrets);
		if (parsed === undefined) return this.#resolveForeign(token, fingerprint);
		return this.#loadKey(parsed.keyId, parsed.digest, fingerprint);
	}

	/** Looks a foreign token up only if it starts like an imported one. */
	#resolveForeign(token: string, fingerprint: string): Problem | Promise<ResolvedKey | Problem> {
		if (hasOwnPrefix(token)) return new Problem("key_unknown");
		const prefixes = this.#records.foreignPrefixes();
		const lookUp = ({ value }: Entry<ForeignPrefixes>) =>
			value?.match(token) ? this.#loadForeignKey(fingerprint) : new Problem("key_unknown");
		return prefixes instanceof Promise ? prefixes.then(lookUp) : lookUp(prefixes);
	}

	async #loadForeignKey(fingerprint: string): Promise<ResolvedKey | Problem> {
		for (const digest of foreignDigests(Buffer.from(fingerprint, "base64"), this.#secrets)) {
			const { value: keyId } = await this.#records.foreignToken(digest);
			if (keyId !== undefined) return this.#loadKey(keyId, digest, fingerprint);
		}
		return new Problem("key_unknown");
	}

	#isUsable(resolved: ResolvedKey): boolean {
		const now = this.#clock.monotonic();
		return (
			this.#records.keys.usable(resolved.key, now) &&
			(resolved.workspace === undefined || this.#records.workspaces.usable(resolved.workspace, now))
		);
	}

	async #loadKey(keyId: string, digest: Buffer, fingerprint: string): Promise<ResolvedKey | Problem> {
		const key = await this.#records.keys.get(keyId);
		if (!exists(key)) {
			// The same work as for a key that exists, so that the time does not tell them apart.
			sameDigest(digest, digest);
			return new Problem("key_unknown");
		}
		const { record } = key.value;
		const isCurrent = sameDigest(digest, record.digest);
		const isPrevious = record.previousDigest !== undefined && sameDigest(digest, record.previousDigest);
		if (!isCurrent && !isPrevious) return new Problem("key_unknown");
		let workspace: ResolvedKey["workspace"];
		if (record.workspaceId !== undefined) {
			const entry = await this.#records.workspaces.get(record.workspaceId);
			if (!exists(entry)) return new Problem("key_unknown");
			workspace = entry;
		}
		const resolved: ResolvedKey = {
			key,
			workspace,
			rotatedOutAt: isCurrent ? undefined : previousTokenEnd(record),
			places: new Map(),
		};
		if (this.#isUsable(resolved)) this.#resolved.set(fingerprint, resolved);
		return resolved;
	}
}

function exists<V>(entry: Entry<V>): entry is Loaded<V> {
	return entry.value !== undefined;
}
