/** Something that other instances may hold in memory and must now drop. */
export type Change =
	| { readonly type: "key"; readonly id: string }
	| { readonly type: "workspace"; readonly id: string }
	| { readonly type: "place"; readonly workspaceId: string; readonly placeId: string }
	/** Foreign tokens were imported: drop what is known about them and their prefixes. */
	| { readonly type: "imports" }
	/** Changes may have been missed: drop everything. */
	| { readonly type: "everything" };

/**
 * Reports changes made through any handle on the same database, including this
 * one. Written usage is not a change.
 */
export interface ChangeFeed {
	/**
	 * `changed` is called for every change; `confirmed` whenever the feed knows
	 * that every change made before that moment has been delivered. While the
	 * database responds, that is at least twice a second; when confirmations stop,
	 * the feed is lost. A feed that cannot continue where it stopped delivers
	 * `everything` before it confirms again. Several listeners may subscribe.
	 * Resolves once changes made from now on will be delivered.
	 */
	subscribe(listener: FeedListener): Promise<Subscription>;
}

export interface FeedListener {
	changed(change: Change): void;
	/** `at`: when the check that found everything delivered began, on the monotonic clock of the store. */
	confirmed(at: number): void;
}

export interface Subscription {
	close(): Promise<void>;
}
