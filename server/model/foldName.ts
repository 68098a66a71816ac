/**
 * The form in which two names are the same name. Upper-casing first makes this
 * Unicode's full case folding for what people type: `Straße` and `STRASSE` meet.
 */
export function foldName(name: string): string {
	return name.normalize("NFC").toUpperCase().toLowerCase();
}
