import type { Change, FeedListener } from "../../server/store/store.js";
import { waitFor } from "../support/waitFor.js";

/** Remembers what a feed said, in order. */
export class FeedRecorder implements FeedListener {
	readonly changes: Change[] = [];
	readonly confirmations: number[] = [];

	changed(change: Change): void {
		this.changes.push(change);
	}

	confirmed(at: number): void {
		this.confirmations.push(at);
	}

	heard(change: Change): boolean {
		const wanted = JSON.stringify(change);
		return this.changes.some((each) => JSON.stringify(each) === wanted);
	}

	hears(change: Change, patienceMs?: number): Promise<true> {
		return waitFor(`news of ${JSON.stringify(change)}`, () => this.heard(change), patienceMs);
	}

	/** Resolves when everything from before this call has been delivered. */
	async caughtUp(patienceMs?: number): Promise<void> {
		const now = performance.now();
		await waitFor("a confirmation", () => (this.confirmations.at(-1) ?? 0) >= now, patienceMs);
	}
}
