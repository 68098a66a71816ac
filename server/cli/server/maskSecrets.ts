import type { Variable } from "../../boot/config.js";

/** Replaces a secret. */
export const mask = "***";

/** The value of a setting without secrets. Masks too much rather than too little: an invalid value may hold a secret anywhere. */
export function maskedSetting(variable: Variable, value: string): string {
	switch (variable) {
		case "PLACELOCK_SECRET":
		case "PLACELOCK_RETIRED_SECRETS":
			return mask;
		case "MONGODB_URI":
		case "PUBLIC_URL":
			return maskedUri(value);
		default:
			return value;
	}
}

/** Options of a connection string that may hold a secret. */
const secretOption = /pass|secret|token|authmechanismproperties/i;

/**
 * Masks the password of a URI and the options that hold a secret. The user
 * information ends at the last `@`: a password that was not encoded may hold
 * any character.
 */
function maskedUri(uri: string): string {
	const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]*:\/\/)?([\s\S]*)$/i.exec(uri) ?? [];
	const at = rest.lastIndexOf("@");
	const user = rest.slice(0, Math.max(0, at));
	const colon = user.indexOf(":");
	const shown =
		at === -1
			? ""
			: scheme === ""
				? `${mask}@`
				: colon === -1
					? `${user}@`
					: `${user.slice(0, colon)}:${mask}@`;
	return scheme + shown + maskedOptions(rest.slice(at + 1));
}

function maskedOptions(text: string): string {
	const [address = "", ...query] = text.split("?");
	if (query.length === 0) return address;
	const options = query
		.join("?")
		.split("&")
		.map((option) => {
			const [name = ""] = option.split("=", 1);
			return secretOption.test(name) && option.includes("=") ? `${name}=${mask}` : option;
		});
	return `${address}?${options.join("&")}`;
}
