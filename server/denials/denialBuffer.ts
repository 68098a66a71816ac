import { createHash } from "node:crypto";
import { limits } from "../../shared/limits.js";
import { type Denial, mergeDenials } from "../model/denial.js";
import type { ClaimedPlace } from "../places/provePlace.js";
import type { DenialStore } from "../store/store.js";

/** Distinct denials kept in memory, of all workspaces together. */
const maxInMemory = 20_000;

/** The most denials written in one transaction, so that the embedded database never blocks requests for long. */
const denialsPerWrite = 250;

/** A denied request whose token is known. */
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
 * Denials, gathered in memory and written in batches. Anyone with a token can
 * cause any number of them, so memory is bounded: a workspace has room for as
 * many as the store keeps of it, and pushes out its own oldest; once all
 * workspaces together have filled the buffer, new denials are only counted.
 *
 * See docs/decisions/0026-grouped-denials.md
 */
export class DenialBuffer {
	#gathered = new Map<string, Map<string, Gathered>>();
	#size = 0;
	#dropped = 0;
	#writing: Promise<unknown> = Promise.resolve();

	constructor(private readonly store: DenialStore) {}

	add({ key: { id: keyId, workspaceId, name: keyName }, at, ...request }: NewDenial): void {
		// Denials of admin keys belong to no workspace, so they are not recorded.
		if (workspaceId === undefined) return;
		const address = request.address.slice(0, 64);
		const detail = request.detail?.slice(0, 300);
		const denial = {
			...request,
			workspaceId,
			keyId,
			keyName,
			address,
			detail,
			count: 1,
			firstAt: at,
			lastAt: at,
		};
		const scope = request.scope === undefined ? "" : ` ${request.scope}`;
		this.#merge(`${keyId} ${request.code} ${request.placeId ?? ""} ${address}${scope}`, denial);
	}

	/** Writes what was gathered. Returns how many denials had no room since the last time. If it rejects, nothing is lost. */
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
			// Moved to the end of the map, whose order is from oldest to latest.
			ofWorkspace.delete(name);
			ofWorkspace.set(name, mergeDenials(known, denial));
			return;
		}
		if (ofWorkspace.size >= limits.denialsPerWorkspace) {
			const [oldest = ""] = ofWorkspace.keys();
			ofWorkspace.delete(oldest);
			this.#size--;
		} else if (this.#size >= maxInMemory) {
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

/** Short, and the same on every instance. `name` contains the key's ID, so it is unique across workspaces. */
function denialId(name: string): string {
	return `den_${createHash("sha256").update(name).digest("hex").slice(0, 32)}`;
}
