/** Leases on work that one instance at a time does. */
export interface LeaseStore {
	/**
	 * Acquires or extends a lease until `until`. True when no other holder's lease
	 * lasts beyond `now`, or when it lasts so long that only a wrong clock can have
	 * acquired it. Both are milliseconds since the epoch, by the caller's clock.
	 */
	acquire(name: string, holder: string, now: number, until: number): Promise<boolean>;
	/** Ends a lease early. Does nothing when somebody else holds it. */
	release(name: string, holder: string): Promise<void>;
}
