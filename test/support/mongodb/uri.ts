/**
 * The connection string with another database. The authentication database stays
 * what it was: by default the driver would use the database in the string.
 */
export function withDatabase(uri: string, database: string): string {
	const [, server = uri, path = "", query = ""] =
		/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(uri) ?? [];
	const options = new URLSearchParams(query);
	if (server.includes("@") && !options.has("authSource")) options.set("authSource", path || "admin");
	const text = options.toString();
	return `${server}/${database}${text === "" ? "" : `?${text}`}`;
}
