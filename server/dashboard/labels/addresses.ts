/** Address ranges with a meaning: RFC 1918, RFC 4193, RFC 3927 and RFC 4291. */
const ranges = [
	[/^127\.|^::1$|^::ffff:127\./i, "localhost"],
	[
		/^(::ffff:)?(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)|^f[cd][0-9a-f]{2}:|^fe[89ab][0-9a-f]:/i,
		"local network",
	],
] as const;

/** Where an address is; undefined for a public one. */
export function describeAddress(address: string): string | undefined {
	return ranges.find(([pattern]) => pattern.test(address))?.[1];
}
