import { setTimeout as pause } from "node:timers/promises";
import { MongoClient } from "mongodb";

/** A program that serves MongoDB's protocol, and how to start it. Plain data, so that processes can pass it on. */
export interface MongodbProgram {
	readonly kind: "mongod" | "secantusdb";
	/** For messages: what it is and where it came from. */
	readonly name: string;
	readonly command: string;
	readonly args: readonly string[];
}

export interface LaunchOptions {
	readonly port: number;
	readonly folder: string;
	/** Without a replica set, as a freshly installed mongod runs. */
	readonly lone?: boolean;
}

export function launchArguments(program: MongodbProgram, { port, folder, lone }: LaunchOptions): string[] {
	const own =
		program.kind === "mongod"
			? ["--bind_ip", "127.0.0.1", "--port", String(port), "--dbpath", folder].concat(
					lone ? [] : ["--replSet", "rs0"],
				)
			: ["--host", "127.0.0.1", "--port", String(port), "--storage-path", folder, "--sync-on-commit"].concat(
					lone ? ["--standalone"] : [],
				);
	return [...program.args, ...own];
}

/** Resolves when the server accepts writes. Initiates its replica set when it has none. */
export async function untilReady(
	port: number,
	lone: boolean,
	failed: () => string | undefined,
): Promise<void> {
	const deadline = performance.now() + 20_000;
	for (;;) {
		const reason = failed();
		if (reason !== undefined) throw new Error(reason);
		if (await takesWrites(port, lone)) return;
		if (performance.now() > deadline) throw new Error("it did not get ready within 20 s");
		await pause(50);
	}
}

async function takesWrites(port: number, lone: boolean): Promise<boolean> {
	const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
		serverSelectionTimeoutMS: 500,
	});
	try {
		const admin = (await client.connect()).db("admin");
		const hello = await admin.command({ hello: 1 });
		if (hello.isWritablePrimary) return lone || hello.setName !== undefined;
		const members = [{ _id: 0, host: `127.0.0.1:${port}` }];
		if (hello.isreplicaset) await admin.command({ replSetInitiate: { _id: "rs0", members } });
		return false;
	} catch {
		return false;
	} finally {
		await client.close();
	}
}
