/**
 * The format of messages to and from Luau (luau/wire.luau is the other side): JSON
 * in ASCII, where every character of a string is one byte.
 */
export function encodeWire(value: unknown): string {
	return JSON.stringify(value).replace(
		/[\x7f-\uffff]/g,
		(char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}

export function decodeWire(text: string): unknown {
	return JSON.parse(text);
}

/** Replaces every text in the value by its UTF-8 bytes, one character per byte. */
export function asBytes(value: unknown): unknown {
	return mapStrings(value, (text) => Buffer.from(text, "utf8").toString("latin1"));
}

/** Replaces every byte string in the value by the text it encodes. */
export function asText(value: unknown): unknown {
	return mapStrings(value, (bytes) => Buffer.from(bytes, "latin1").toString("utf8"));
}

function mapStrings(value: unknown, transform: (text: string) => string): unknown {
	if (typeof value === "string") return transform(value);
	if (Array.isArray(value)) return value.map((item) => mapStrings(item, transform));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, item]) => [transform(key), mapStrings(item, transform)]),
	);
}
