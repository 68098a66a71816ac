/**
 * A lease that ends after this, milliseconds since the epoch, was taken by a
 * wrong clock and counts as free. Clocks may differ by as much as a lease lasts.
 */
export function impossibleAfter(now: number, until: number): number {
	return until + (until - now);
}
