/** What is shorter than this is a placeholder, and may well be part of ordinary words. */
const shortestSecret = 8;

/**
 * Makes a function that takes the key out of a text before anyone sees it. A
 * key given as a Secret cannot be read by any script, so only a string key
 * needs this; whatever else looks like a token is masked as well.
 */
export function createRedactor(key: string | undefined): (text: string) => string {
	const secret = key !== undefined && key.size() >= shortestSecret ? key : undefined;
	return (text) => {
		const masked = secret !== undefined ? text.split(secret).join("<the key>") : text;
		const [result] = masked.gsub("(plk_%a+_)%w+", "%1<hidden>");
		return result;
	};
}
