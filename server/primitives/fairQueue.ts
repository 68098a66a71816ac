export interface FairQueueLimits {
	/** How much runs at the same time. */
	readonly running: number;
	/** How much may wait, of everyone together. */
	readonly waiting: number;
}

/** Starts the work, or gives up its place in line. */
type Waiting = (turn: "start" | "give up") => void;

/**
 * Runs a bounded amount of work at a time. Those who wait take turns by who they
 * are: however much one of them asks for, the others wait for one piece of it at
 * most, and when the line is full the one who has the most in it gives way.
 *
 * See docs/decisions/0062-fair-password-queue.md
 */
export class FairQueue {
	#running = 0;
	#waiting = 0;
	/** Lines by who waits, the next one first. Never an empty one. */
	readonly #lines = new Map<string, Waiting[]>();

	constructor(private readonly limits: FairQueueLimits) {}

	/** What the work resolves to; undefined if there was no room for it. */
	async run<T>(who: string, work: () => Promise<T>): Promise<T | undefined> {
		if (this.#running < this.limits.running) this.#running++;
		else if ((await this.#wait(who)) === "give up") return undefined;
		try {
			return await work();
		} finally {
			this.#startNext();
		}
	}

	#wait(who: string): Promise<"start" | "give up"> {
		if (this.#waiting >= this.limits.waiting && !this.#makeRoomFor(who)) return Promise.resolve("give up");
		return new Promise((resolve) => {
			this.#waiting++;
			const line = this.#lines.get(who);
			if (line === undefined) this.#lines.set(who, [resolve]);
			else line.push(resolve);
		});
	}

	/** Takes the last place of whoever has the most, unless that would only turn the tables. */
	#makeRoomFor(who: string): boolean {
		const own = this.#lines.get(who)?.length ?? 0;
		const [longest, line] = [...this.#lines].reduce((a, b) => (b[1].length > a[1].length ? b : a));
		if (line.length <= own + 1) return false;
		line.pop()?.("give up");
		this.#waiting--;
		if (line.length === 0) this.#lines.delete(longest);
		return true;
	}

	/** Hands its place to the first of the next line, which then goes to the end. */
	#startNext(): void {
		const [next] = this.#lines;
		if (next === undefined) {
			this.#running--;
			return;
		}
		const [who, line] = next;
		const start = line.shift();
		this.#waiting--;
		this.#lines.delete(who);
		if (line.length > 0) this.#lines.set(who, line);
		start?.("start");
	}
}
