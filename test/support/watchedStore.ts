import type { FeedListener, Store } from "../../server/store/store.js";

/** A store that records its calls, and fails or loses its feed when a test wants it to. */
export interface WatchedStore extends Store {
	/** Every call since the last `clearCalls`: `keys.findById`. */
	readonly calls: readonly string[];
	clearCalls(): void;
	/** From now on, calls for which this returns an error reject with it; undefined ends that. */
	failWith(failure: ((call: string) => Error | undefined) | undefined): void;
	/** From now on, calls for which this returns an error do their work and then reject with it; undefined ends that. */
	failAfterwards(failure: ((call: string) => Error | undefined) | undefined): void;
	/** From now on, calls wait for this before they reach the store; undefined ends that. */
	holdUntil(gate: ((call: string) => Promise<void> | undefined) | undefined): void;
	/** Stops changes and confirmations, as a lost feed does. */
	cutFeed(): void;
	/** Resumes the feed. As one that cannot continue, it reports that everything may have changed. */
	restoreFeed(): void;
}

export function watchStore(store: Store): WatchedStore {
	const calls: string[] = [];
	const feed = watchedFeed(store);
	let failure: ((call: string) => Error | undefined) | undefined;
	let lateFailure: typeof failure;
	let gate: ((call: string) => Promise<void> | undefined) | undefined;

	const around = async (call: string, go: () => Promise<unknown>): Promise<unknown> => {
		calls.push(call);
		await gate?.(call);
		const error = failure?.(call);
		if (error !== undefined) throw error;
		const outcome = await go();
		const late = lateFailure?.(call);
		if (late !== undefined) throw late;
		return outcome;
	};
	const watched = <T extends object>(part: T, name: string): T =>
		new Proxy(part, {
			get(target, method) {
				const value: unknown = Reflect.get(target, method);
				if (typeof value !== "function") return value;
				return (...args: unknown[]) =>
					around(`${name}.${String(method)}`, () => Reflect.apply(value, target, args));
			},
		});

	return {
		kind: store.kind,
		schema: store.schema,
		workspaces: watched(store.workspaces, "workspaces"),
		places: watched(store.places, "places"),
		keys: watched(store.keys, "keys"),
		imports: watched(store.imports, "imports"),
		accounts: watched(store.accounts, "accounts"),
		members: watched(store.members, "members"),
		sessions: watched(store.sessions, "sessions"),
		oneTimeLinks: watched(store.oneTimeLinks, "oneTimeLinks"),
		usage: watched(store.usage, "usage"),
		activity: watched(store.activity, "activity"),
		audit: watched(store.audit, "audit"),
		denials: watched(store.denials, "denials"),
		idempotency: watched(store.idempotency, "idempotency"),
		leases: watched(store.leases, "leases"),
		secretFingerprints: watched(store.secretFingerprints, "secretFingerprints"),
		changes: feed.changes,
		ping: async () => {
			await around("ping", () => store.ping());
		},
		close: () => store.close(),
		calls,
		clearCalls: () => {
			calls.length = 0;
		},
		failWith: (next) => {
			failure = next;
		},
		failAfterwards: (next) => {
			lateFailure = next;
		},
		holdUntil: (next) => {
			gate = next;
		},
		cutFeed: feed.cut,
		restoreFeed: feed.mend,
	};
}

function watchedFeed(store: Store) {
	const listeners = new Set<FeedListener>();
	let cut = false;
	return {
		changes: {
			async subscribe(listener: FeedListener) {
				listeners.add(listener);
				const subscription = await store.changes.subscribe({
					changed: (change) => {
						if (!cut) listener.changed(change);
					},
					confirmed: (at) => {
						if (!cut) listener.confirmed(at);
					},
				});
				return {
					close: () => {
						listeners.delete(listener);
						return subscription.close();
					},
				};
			},
		},
		cut: () => {
			cut = true;
		},
		mend: () => {
			cut = false;
			for (const listener of listeners) listener.changed({ type: "everything" });
		},
	};
}
