import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { Problem } from "../core/problem.js";
import type { PlaceRecord } from "../model/place.js";
import type { PlaceProof } from "../model/placeProof.js";
import type { WorkspaceRecord } from "../model/workspace.js";
import type { Clock } from "../primitives/clock.js";
import type { Entry } from "../primitives/recordCache.js";
import { type ForeignPrefixes, foreignDigests, hasOwnPrefix } from "../secrets/foreignToken.js";
import { parseToken, type ServerSecrets, sameDigest } from "../secrets/token.js";
import type { UsageStore } from "../store/store.js";
import type { KnownKey } from "./knownKey.js";
import { type Records, recordsInMemory } from "./records.js";

/**
 * A token that is one of ours, and the records behind it. It is kept in memory
 * and used as long as both records are known to be true.
 */
export interface ResolvedKey {
	readonly key: Entry<KnownKey> & { readonly value: KnownKey };
	/** Undefined for admin keys. */
	readonly workspace: (Entry<WorkspaceRecord> & { readonly value: WorkspaceRecord }) | undefined;
	/** The token is the one before the last rotation: honoured until then, milliseconds since the epoch. */
	readonly rotatedOutAt: number | undefined;
	/** The places it was used in, with what was worked out for its answers there; goes when the identity does. */
	readonly places: Map<string, KnownPlace>;
}

/** A place that a key was used in. */
export interface KnownPlace {
	readonly entry: Entry<PlaceRecord>;
	/** By proof, the part of a verification that is the same every time: JSON that lacks its closing brace. */
	readonly verifications: { [P in PlaceProof]?: string };
}

/**
 * From a token to the records behind it. On first sight of a token: its check
 * characters, the record, the digest in constant time. After that the SHA-256
 * of the token leads to the identity. Raw tokens are not kept. A foreign token
 * is found by its digest, and then checked like ours.
 *
 * Whether the key may be used is the gate's business.
 */
export class KeyResolver {
	readonly #identities = new LRUCache<string, ResolvedKey>({ max: recordsInMemory.keys });
	readonly #records: Records;
	readonly #usage: UsageStore;
	readonly #secrets: ServerSecrets;
	readonly #clock: Clock;

	constructor(options: { records: Records; usage: UsageStore; secrets: ServerSecrets; clock: Clock }) {
		this.#clock = options.clock;
		this.#records = options.records;
		this.#usage = options.usage;
		this.#secrets = options.secrets;
	}

	/** `key_unknown` for anything that is not a live token of this server, whatever the reason. */
	resolveKey(token: string): ResolvedKey | Problem | Promise<ResolvedKey | Problem> {
		const fingerprint = hash("sha256", token, "base64");
		const known = this.#identities.get(fingerprint);
		if (known !== undefined && this.#usable(known)) return known;
		const parsed = parseToken(token, this.#secrets);
		if (parsed === undefined) return this.#resolveForeign(token, fingerprint);
		return this.#look(parsed.keyId, parsed.digest, fingerprint);
	}

	/** A token that is none of ours is looked up only if it begins as an imported one. */
	#resolveForeign(token: string, fingerprint: string): Problem | Promise<ResolvedKey | Problem> {
		if (hasOwnPrefix(token)) return new Problem("key_unknown");
		const prefixes = this.#records.foreignPrefixes();
		const lookFor = ({ value }: Entry<ForeignPrefixes>) =>
			value?.match(token) ? this.#lookForeign(fingerprint) : new Problem("key_unknown");
		return prefixes instanceof Promise ? prefixes.then(lookFor) : lookFor(prefixes);
	}

	async #lookForeign(fingerprint: string): Promise<ResolvedKey | Problem> {
		for (const digest of foreignDigests(Buffer.from(fingerprint, "base64"), this.#secrets)) {
			const { value: keyId } = await this.#records.foreignToken(digest);
			if (keyId !== undefined) return this.#look(keyId, digest, fingerprint);
		}
		return new Problem("key_unknown");
	}

	#usable(resolvedKey: ResolvedKey): boolean {
		const now = this.#clock.monotonic();
		return (
			this.#records.keys.usable(resolvedKey.key, now) &&
			(resolvedKey.workspace === undefined || this.#records.workspaces.usable(resolvedKey.workspace, now))
		);
	}

	async #look(keyId: string, digest: Buffer, fingerprint: string): Promise<ResolvedKey | Problem> {
		const key = await this.#records.keys.get(keyId);
		if (!found(key)) {
			sameDigest(digest, digest);
			return new Problem("key_unknown");
		}
		const { record } = key.value;
		const current = sameDigest(digest, record.digest);
		const previous = record.previousDigest !== undefined && sameDigest(digest, record.previousDigest);
		if (!current && !previous) return new Problem("key_unknown");
		let workspace: ResolvedKey["workspace"];
		if (record.workspaceId !== undefined) {
			const entry = await this.#records.workspaces.get(record.workspaceId);
			if (!found(entry)) return new Problem("key_unknown");
			workspace = entry;
		}
		const resolvedKey: ResolvedKey = {
			key,
			workspace,
			rotatedOutAt: current ? undefined : (record.previousValidUntil ?? 0),
			places: new Map(),
		};
		if (this.#usable(resolvedKey)) this.#identities.set(fingerprint, resolvedKey);
		return resolvedKey;
	}

	/** Asks the store when the key was last used; other instances may have seen it since. */
	async learnLastUse(key: KnownKey): Promise<void> {
		const lastUse = await this.#usage.lastUse(key.record.id);
		key.lastUsedAt = Math.max(key.lastUsedAt ?? 0, lastUse?.at ?? 0);
	}
}

function found<V>(entry: Entry<V>): entry is Entry<V> & { readonly value: V } {
	return entry.value !== undefined;
}
