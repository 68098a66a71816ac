/** Addresses that say something by themselves; the ranges of RFC 1918, RFC 4193, RFC 3927 and RFC 4291. */
const known = [
	[/^127\.|^::1$|^::ffff:127\./i, "the server's own machine"],
	[
		/^(::ffff:)?(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)|^f[cd][0-9a-f]{2}:|^fe[89ab][0-9a-f]:/i,
		"in its local network",
	],
] as const;

/** Where an address is, as far as it tells; undefined: somewhere in the internet. */
export function describeAddress(address: string): string | undefined {
	return known.find(([pattern]) => pattern.test(address))?.[1];
}
