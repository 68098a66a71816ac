/** A shorter key is a placeholder and may be part of ordinary words. */
const minSecretLength = 8;

/**
 * Returns a function that removes the key from a text before anyone sees it. Only
 * a key given as a string needs this, because no script can read a Secret.
 * Anything else that looks like a token is masked too.
 */
export function createRedactor(key: string | undefined): (text: string) => string {
	const secret = key !== undefined && key.size() >= minSecretLength ? key : undefined;
	return (text) => {
		const masked = secret !== undefined ? text.split(secret).join("<the key>") : text;
		const [result] = masked.gsub("(plk_%a+_)%w+", "%1<hidden>");
		return result;
	};
}
