/**
 * Two names are the same when their folded forms are equal. Upper-casing first
 * makes this Unicode's full case folding for what people type: `Straße` equals
 * `STRASSE`.
 */
export function foldName(name: string): string {
	return name.normalize("NFC").toUpperCase().toLowerCase();
}
