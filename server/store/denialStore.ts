import type { Denial } from "../model/denial.js";
import type { Page, PageRequest } from "./pages.js";

export interface DenialStore {
	/**
	 * Adds denials, each of which stands for `count` requests between `firstAt`
	 * and `lastAt`. A denial that exists (by ID) is merged, see `mergeDenials`.
	 * Then deletes, for each workspace in the batch, all but the `keep` latest.
	 */
	add(batch: readonly Denial[], keep: number): Promise<void>;
	/** Latest first: `createdAt` of positions is `lastAt`. */
	list(workspaceId: string, page: PageRequest): Promise<Page<Denial>>;
	/** Deletes at most `limit` denials that last happened before `before`. Returns how many. */
	deleteBefore(before: number, limit: number): Promise<number>;
}
