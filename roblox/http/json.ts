/** HttpService's JSON, returning errors instead of throwing them. */
export interface Json {
	/** The encoded text, or the error that Roblox threw. */
	encode(value: unknown): { readonly text: string } | { readonly thrown: string };
	/** The decoded value; undefined if the text is not JSON, or is JSON null, which Luau cannot hold. */
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
