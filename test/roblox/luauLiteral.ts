/** A Luau expression for a value. */
export function luauLiteral(value: unknown): string {
	// In ASCII, so that characters and bytes are the same. Luau reads JSON's escapes the same way.
	const json = (JSON.stringify(value) ?? "null").replace(
		/[\u007f-\uffff]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
	return `game:GetService("HttpService"):JSONDecode(${JSON.stringify(json)})`;
}
