/**
 * Text that crosses the border to Luau (luau/wire.luau is the other side): JSON
 * in ASCII in which every character of a string stands for one byte.
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

/** Every text in the value as the characters of its UTF-8 bytes. */
export function asBytes(value: unknown): unknown {
	return withTexts(value, (text) => Buffer.from(text, "utf8").toString("latin1"));
}

/** Every byte string in the value as text. */
export function asText(value: unknown): unknown {
	return withTexts(value, (bytes) => Buffer.from(bytes, "latin1").toString("utf8"));
}

function withTexts(value: unknown, change: (text: string) => string): unknown {
	if (typeof value === "string") return change(value);
	if (Array.isArray(value)) return value.map((item) => withTexts(item, change));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, item]) => [change(key), withTexts(item, change)]),
	);
}
