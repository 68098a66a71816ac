import type { Change, FeedListener } from "../../server/store/store.js";
import { waitFor } from "../support/waitFor.js";

/** Records the changes and confirmations of a feed, in order. */
export class FeedRecorder implements FeedListener {
	readonly changes: Change[] = [];
	readonly confirmations: number[] = [];

	changed(change: Change): void {
		this.changes.push(change);
	}

	confirmed(at: number): void {
		this.confirmations.push(at);
	}

	has(change: Change): boolean {
		const wanted = JSON.stringify(change);
		return this.changes.some((each) => JSON.stringify(each) === wanted);
	}

	waitForChange(change: Change, patienceMs?: number): Promise<true> {
		return waitFor(`the change ${JSON.stringify(change)}`, () => this.has(change), patienceMs);
	}

	/** Resolves when every change from before this call has been delivered. */
	async waitForConfirmation(patienceMs?: number): Promise<void> {
		const now = performance.now();
		await waitFor("a confirmation", () => (this.confirmations.at(-1) ?? 0) >= now, patienceMs);
	}
}
