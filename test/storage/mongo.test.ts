import { AggregationCursor, Collection, MongoClient } from "mongodb";
import { systemClock } from "../../server/primitives/clock.js";
import { openMongoStore } from "../../server/storage/mongo/openMongoStore.js";
import { StoreMisconfigured, StoreUnavailable } from "../../server/store/store.js";
import { freePort } from "../support/mongodb/server.js";
import { describeWithMongo } from "../support/mongodb.js";
import { storeConformance } from "./conformance.js";
import { FeedRecorder } from "./feedRecorder.js";
import { audit, key, workspace } from "./samples.js";
import { type TestDatabase, trackHandles } from "./testDatabase.js";

describeWithMongo("the MongoDB store", (mongodb) => {
	function newDatabase(): TestDatabase {
		const mongodbUri = mongodb.newUri();
		const handles = trackHandles(() => openMongoStore({ uri: mongodbUri, clock: systemClock }));
		return { open: handles.open, settings: { mongodbUri, dataDir: "unused" }, remove: handles.closeAll };
	}

	storeConformance(newDatabase);

	const handles = trackHandles((uri: string) => openMongoStore({ uri, clock: systemClock }));
	afterEach(handles.closeAll);

	async function rejection(uri: string): Promise<Error> {
		const outcome = await handles.open(uri).catch((error) => error);
		if (!(outcome instanceof Error)) throw new Error("it opened");
		return outcome;
	}

	it("names the host of an unreachable server within seconds, and never the password", async () => {
		const host = `127.0.0.1:${await freePort()}`;
		const began = performance.now();
		const error = await rejection(`mongodb://placelock:s3cret%2Fword@${host}/placelock`);
		expect(error).toBeInstanceOf(StoreUnavailable);
		// Much sooner than the driver's own 30 s, even on a busy machine.
		expect(performance.now() - began).toBeLessThan(10_000);
		expect(error.message).toContain(host);
		expect(`${error.message} ${error.stack}`).not.toMatch(/s3cret/);
		expect(error.cause).toBeUndefined();
	});

	it.each([
		["no scheme", "placelock:s3cret@127.0.0.1"],
		["an unknown option", "mongodb://placelock:s3cret@127.0.0.1/?placelock=1"],
		["no host", "mongodb://placelock:s3cret@/db"],
		["a password that is not encoded", "mongodb://placelock:s3cret%@127.0.0.1/db"],
		["an invalid port", "mongodb://placelock:s3cret@127.0.0.1:99999999/db"],
	])("rejects a connection string with %s, without repeating it", async (_, uri) => {
		const error = await rejection(uri);
		expect(error).toBeInstanceOf(StoreMisconfigured);
		expect(error.message).toContain("MONGODB_URI");
		expect(`${error.message} ${error.stack}`).not.toMatch(/s3cret/);
		expect(error.cause).toBeUndefined();
	});

	it("overrides weaker options of the connection string", async () => {
		const uri = mongodb.newUri();
		const weak = `${uri}${uri.includes("?") ? "&" : "?"}w=0&readConcernLevel=local&retryWrites=false`;
		const store = await handles.open(weak);
		const home = workspace();
		const taken = audit();
		await store.workspaces.create(home, taken);
		await expect(store.workspaces.create(workspace(), taken)).rejects.toThrow(/duplicate key/);
	});

	it("rejects a newer schema, and is not ready with one", async () => {
		const uri = mongodb.newUri();
		const store = await handles.open(uri);
		const client = new MongoClient(uri);
		const schema = client.db().collection<{ _id: string; version: number }>("schema");
		await schema.updateOne({ _id: "schema" }, { $set: { version: 999 } });
		await client.close();
		await expect(store.ping()).rejects.toThrow(StoreUnavailable);
		const error = await rejection(uri);
		expect(error).toBeInstanceOf(StoreMisconfigured);
		expect(error.message).toContain("newer Placelock");
	});

	it("confirms nothing later than its request to the server, however long the response takes", async () => {
		const uri = mongodb.newUri();
		const [store, other] = [await handles.open(uri), await handles.open(uri)];
		const home = workspace();
		await store.workspaces.create(home, audit());
		const recorder = new FeedRecorder();
		await other.changes.subscribe(recorder);
		await recorder.waitForConfirmation();
		const record = key(home.id);
		const change = { type: "key", id: record.id } as const;
		const { tryNext } = AggregationCursor.prototype;
		let createdAt = Number.POSITIVE_INFINITY;
		const early: number[] = [];
		await other.changes.subscribe({
			changed: () => {},
			confirmed: (at) => {
				if (at >= createdAt && !recorder.has(change)) early.push(at);
			},
		});
		let creating: Promise<unknown> | undefined;
		const asking = jest.spyOn(AggregationCursor.prototype, "tryNext").mockImplementation(async function (
			this: AggregationCursor,
		) {
			const answer = await tryNext.call(this);
			// The response says that there are no events, and is on its way when one happens.
			if (answer === null && creating === undefined) {
				creating = store.keys.create(record, audit());
				await creating;
				createdAt = performance.now();
			}
			return answer;
		});
		await recorder.waitForChange(change);
		asking.mockRestore();
		expect(createdAt).toBeLessThan(performance.now());
		expect(early).toEqual([]);
	});

	it("looks up what a verification needs by _id alone", async () => {
		const store = await handles.open(mongodb.newUri());
		const find = jest.spyOn(Collection.prototype, "find");
		await store.keys.findById("k_1");
		await store.workspaces.findById("ws_1");
		await store.places.find("ws_1", "1818");
		await store.usage.lastUse("k_1");
		await store.usage.quotaUsed("k_1", 5);
		// The driver implements findOne with find.
		const filters = find.mock.calls.map((options: unknown[]) => Object.keys(options[0] ?? {}));
		find.mockRestore();
		expect(filters).toEqual([["_id"], ["_id"], ["_id"], ["_id"], ["_id"]]);
	});
});
