/**
 * For a field that holds at most so many characters, counted as the server
 * counts them: a browser's own count takes an emoji for two. What is too long
 * all the same, the server says beside the field.
 */
export function maxCodePoints(limit: number): { readonly maxLength: number } {
	return { maxLength: 2 * limit };
}
