import type { Store } from "../../server/store/store.js";

/** A suite's own database, for any number of handles. */
export interface TestDatabase {
	/** Opens another handle, as another instance of the server would. `remove` closes it. */
	open(): Promise<Store>;
	/** For `openStore` in another process. */
	readonly settings: { readonly mongodbUri?: string; readonly dataDir: string };
	remove(): Promise<void>;
}

export type NewDatabase = () => TestDatabase;

/** Closes the handles that a test leaves open. */
export function trackHandles<Arguments extends unknown[]>(
	open: (...options: Arguments) => Promise<Store>,
): {
	open(...options: Arguments): Promise<Store>;
	closeAll(): Promise<void>;
} {
	const stores: Store[] = [];
	return {
		open: async (...options) => {
			const store = await open(...options);
			stores.push(store);
			return store;
		},
		closeAll: async () => {
			await Promise.all(stores.splice(0).map((store) => store.close()));
		},
	};
}

/** One database for all tests of a `describe`, with two handles. */
export function sharedDatabase(newDatabase: NewDatabase): {
	readonly store: Store;
	readonly other: Store;
	readonly database: TestDatabase;
} {
	let database: TestDatabase | undefined;
	let store: Store | undefined;
	let other: Store | undefined;
	beforeAll(async () => {
		database = newDatabase();
		store = await database.open();
		other = await database.open();
	});
	afterAll(() => database?.remove());
	const opened = <T>(handle: T | undefined): T => {
		if (handle === undefined) throw new Error("used before the tests began");
		return handle;
	};
	return {
		get store() {
			return opened(store);
		},
		get other() {
			return opened(other);
		},
		get database() {
			return opened(database);
		},
	};
}
