import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ModuleEnd, runModule } from "./runModule.js";

let folder: string;
let lock: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "placelock-alone-"));
	lock = join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A lock that somebody took so long ago; `pid` is an expression, evaluated by who waits. */
const held = (pid: string, secondsAgo: number) => `
	mkdirSync(lock);
	writeFileSync(join(lock, "pid"), String(${pid}));
	utimesSync(lock, Date.now() / 1000 - ${secondsAgo}, Date.now() / 1000 - ${secondsAgo});`;

/** Runs the statements with the lock's path and what they need at hand. */
const run = (statements: string): Promise<ModuleEnd> =>
	runModule(`
		import { appendFileSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
		import { join } from "node:path";
		import { alone } from "./scripts/alone.mjs";
		const folder = ${JSON.stringify(folder)};
		const lock = ${JSON.stringify(lock)};
		${statements}`);

/** A pid that is nobody's: no system gives numbers this high. */
const nobody = "2 ** 30";

it.each([
	["is gone", nobody, 0],
	["has the waiter's own number, as the first process of a container has", "process.pid", 0],
	["has the number of a process that lives, but took the lock long ago", "process.ppid", 180],
	["has the number 1, and took the lock long ago", "1", 180],
])("takes a lock over at once whose holder %s", async (_what, pid, secondsAgo) => {
	const began = performance.now();
	const end = await Promise.race([
		run(`${held(pid, secondsAgo)} alone(lock, () => console.log("in"));`),
		new Promise<string>((resolve) => setTimeout(() => resolve("it waits"), 6_000).unref()),
	]);
	// Ends a waiter that would wait for ever.
	rmSync(lock, { recursive: true, force: true });
	expect(end).toEqual({ code: 0, stdout: "in\n", stderr: "" });
	expect(performance.now() - began).toBeLessThan(5_000);
	expect(existsSync(lock)).toBe(false);
});

it.each([
	["never filled in", []],
	["filled with something else long ago", ["other"]],
])("takes over a lock that was %s", async (_what, files) => {
	mkdirSync(lock);
	for (const name of files) writeFileSync(join(lock, name), "");
	utimesSync(lock, Date.now() / 1000 - 180, Date.now() / 1000 - 180);
	expect(await run('alone(lock, () => console.log("in"));')).toEqual({ code: 0, stdout: "in\n", stderr: "" });
});

it("says after two seconds whom it waits for, once", async () => {
	mkdirSync(lock);
	writeFileSync(join(lock, "pid"), String(process.pid));
	const waiting = run('alone(lock, () => console.log("in"));');
	setTimeout(() => rmSync(lock, { recursive: true }), 4_500);
	const { code, stdout, stderr } = await waiting;
	expect({ code, stdout }).toEqual({ code: 0, stdout: "in\n" });
	expect(stderr.match(/Waiting for/g)).toHaveLength(1);
	expect(stderr).toContain(`process ${process.pid}`);
	expect(stderr).toContain(lock);
});

it("clears up what was left behind long ago", async () => {
	await run(`
		for (const name of ["lock.old-1", "lock.draft-1"]) {
			mkdirSync(join(folder, name));
			utimesSync(join(folder, name), 1, 1);
		}
		alone(lock, () => {});`);
	expect(readdirSync(folder)).toEqual([expect.stringMatching(/^lock\.old-\d{13}-/)]);
});

it("leaves the lock to whoever took it over meanwhile", async () => {
	const { stderr } = await run(`
		alone(lock, () => {
			rmSync(lock, { recursive: true });
			${held("process.ppid", 0)}
		});`);
	expect(stderr).toBe("");
	expect(readFileSync(join(lock, "pid"), "utf8")).toBe(String(process.pid));
});

it("lets one in at a time though many find the same holder gone at one moment", async () => {
	const rounds = 40;
	const log = join(folder, "log");
	for (let round = 0; round < rounds; round++) {
		mkdirSync(`${lock}${round}`);
		writeFileSync(join(`${lock}${round}`, "pid"), String(2 ** 30));
	}
	const racer = `
		for (let round = 0; round < ${rounds}; round++) {
			while (Date.now() < ${Date.now() + 1_500} + round * 40);
			alone(lock + round, () => {
				appendFileSync(join(folder, "log" + round), "in " + process.pid + "\\n");
				const until = performance.now() + 2;
				while (performance.now() < until);
				appendFileSync(join(folder, "log" + round), "out " + process.pid + "\\n");
			});
		}`;
	const ends = await Promise.all([1, 2, 3, 4].map(() => run(racer)));
	expect(ends.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
		ends.map(() => ({ code: 0, stderr: "" })),
	);
	for (let round = 0; round < rounds; round++) {
		const lines = readFileSync(`${log}${round}`, "utf8").trim().split("\n");
		expect(lines).toHaveLength(8);
		for (let index = 0; index < lines.length; index += 2) {
			expect(lines[index + 1]).toBe(lines[index]?.replace("in", "out"));
		}
	}
});
