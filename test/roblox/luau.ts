/** A value as a Luau expression. */
export function luau(value: unknown): string {
	// In ASCII, so that the text is the same as characters and as bytes. What JSON escapes, Luau reads alike.
	const json = (JSON.stringify(value) ?? "null").replace(
		/[\u007f-\uffff]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
	return `game:GetService("HttpService"):JSONDecode(${JSON.stringify(json)})`;
}
