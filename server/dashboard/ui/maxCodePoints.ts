/**
 * Limits a field to a number of code points, as the server counts them. Browsers count
 * UTF-16 units, so an emoji counts as two. The server reports what is still too long.
 */
export function maxCodePoints(limit: number): { readonly maxLength: number } {
	return { maxLength: 2 * limit };
}
