import { createHash } from "node:crypto";
import { limits } from "../../shared/limits.js";
import type { Denial } from "../model/denial.js";
import type { ClaimedPlace } from "../places/checkPlace.js";
import type { DenialStore } from "../store/store.js";

/** Different refusals held in memory, of all workspaces together. */
const mostInMemory = 20_000;

/** Most refusals written in one transaction, so that the embedded database never holds up calls for long. */
const denialsPerWrite = 250;

/** A call that was refused, though its token is good. */
export interface NewDenial extends ClaimedPlace {
	readonly key: { readonly id: string; readonly workspaceId?: string; readonly name?: string };
	readonly code: string;
	readonly detail?: string;
	/** The scope the key lacks, for `scope_missing`. */
	readonly scope?: string;
	readonly address: string;
	/** Milliseconds since the Unix epoch. */
	readonly at: number;
}

type Gathered = { -readonly [K in keyof Omit<Denial, "id">]: Denial[K] };

/**
 * Refusals, gathered in memory and written in batches. Whoever holds a token
 * can make any number of calls that are refused, so what is held is bounded: a
 * workspace has room for as many as it keeps, and pushes out its own oldest;
 * when all have taken the room there is, new ones are only counted.
 *
 * See docs/decisions/0026-grouped-denials.md
 */
export class DenialBuffer {
	#gathered = new Map<string, Map<string, Gathered>>();
	#size = 0;
	#dropped = 0;
	#writing: Promise<unknown> = Promise.resolve();

	constructor(private readonly store: DenialStore) {}

	add({ key: { id: keyId, workspaceId, name: keyName }, at, ...said }: NewDenial): void {
		// An admin key's refusals are in no workspace's record.
		if (workspaceId === undefined) return;
		const address = said.address.slice(0, 64);
		const detail = said.detail?.slice(0, 300);
		const denial = {
			...said,
			workspaceId,
			keyId,
			keyName,
			address,
			detail,
			count: 1,
			firstAt: at,
			lastAt: at,
		};
		const scope = said.scope === undefined ? "" : ` ${said.scope}`;
		this.#merge(`${keyId} ${said.code} ${said.placeId ?? ""} ${address}${scope}`, denial);
	}

	/** Writes what was gathered; how many refusals there was no room for since the last time. Nothing is lost when it rejects. */
	write(): Promise<number> {
		const write = this.#writing.catch(() => {}).then(() => this.#writeGathered());
		this.#writing = write;
		return write;
	}

	#merge(name: string, denial: Gathered): void {
		let ofWorkspace = this.#gathered.get(denial.workspaceId);
		if (ofWorkspace === undefined) {
			ofWorkspace = new Map();
			this.#gathered.set(denial.workspaceId, ofWorkspace);
		}
		const known = ofWorkspace.get(name);
		if (known !== undefined) {
			// Last in the order of the map is the latest.
			ofWorkspace.delete(name);
			ofWorkspace.set(name, joined(known, denial));
			return;
		}
		if (ofWorkspace.size >= limits.denialsPerWorkspace) {
			const [oldest = ""] = ofWorkspace.keys();
			ofWorkspace.delete(oldest);
			this.#size--;
		} else if (this.#size >= mostInMemory) {
			this.#dropped++;
			return;
		}
		ofWorkspace.set(name, denial);
		this.#size++;
	}

	async #writeGathered(): Promise<number> {
		const gathered = [...this.#gathered.values()].flatMap((ofWorkspace) => [...ofWorkspace]);
		const dropped = this.#dropped;
		this.#gathered = new Map();
		this.#size = 0;
		this.#dropped = 0;
		let written = 0;
		try {
			while (written < gathered.length) {
				const batch = gathered.slice(written, written + denialsPerWrite);
				const denials = batch.map(([name, denial]) => ({ id: denialId(name), ...denial }));
				await this.store.add(denials, limits.denialsPerWorkspace);
				written += batch.length;
			}
		} finally {
			for (const [name, denial] of gathered.slice(written)) this.#merge(name, denial);
		}
		return dropped;
	}
}

/** Two counts of the same refusal, whichever came first. */
function joined(a: Gathered, b: Gathered): Gathered {
	const later = b.lastAt >= a.lastAt ? b : a;
	const [firstAt, lastAt] = [Math.min(a.firstAt, b.firstAt), later.lastAt];
	return { ...later, count: a.count + b.count, firstAt, lastAt };
}

/** Short, and the same on every instance. A key's id is in `name`, and is of one workspace. */
function denialId(name: string): string {
	return `den_${createHash("sha256").update(name).digest("hex").slice(0, 32)}`;
}
