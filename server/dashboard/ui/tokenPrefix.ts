/** A Placelock token: kind and ID, which lists show too, then the secret. */
const withSecret = /(plk_(?:game|svc|adm)_[0-9A-Za-z]{12})[0-9A-Za-z]+/;

/**
 * The prefix of the token in a text; undefined if the text contains no secret.
 * Searches end up in URLs and logs, where a secret must not be.
 */
export function tokenPrefix(text: string): string | undefined {
	return withSecret.exec(text)?.[1];
}
