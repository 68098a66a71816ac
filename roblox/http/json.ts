/** JSON as Roblox reads and writes it, without its exceptions. */
export interface Json {
	/** The text, or what Roblox found wrong with the value. */
	encode(value: unknown): { readonly text: string } | { readonly thrown: string };
	/** The value, or undefined for what is not JSON (and for JSON null, which Luau cannot hold). */
	decode(text: string): unknown;
}

export function createJson(http: HttpService): Json {
	return {
		encode(value) {
			const [encoded, text] = pcall(() => http.JSONEncode(value));
			return encoded ? { text: text as string } : { thrown: tostring(text) };
		},
		decode(text) {
			const [decoded, value] = pcall(() => http.JSONDecode(text));
			return decoded ? value : undefined;
		},
	};
}
