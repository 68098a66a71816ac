/** A token of Placelock's own: kind and id, which lists show too, and then its secret. */
const withSecret = /(plk_(?:game|svc|adm)_[0-9A-Za-z]{12})[0-9A-Za-z]+/;

/**
 * Of a text with a token in it, how the token starts; undefined when the text
 * holds no more of one than that. What is searched for goes into an address and
 * into logs, where a secret must not be.
 */
export function tokenPrefix(text: string): string | undefined {
	return withSecret.exec(text)?.[1];
}
