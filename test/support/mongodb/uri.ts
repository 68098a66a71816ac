/**
 * The connection string with another database. Where credentials are looked up
 * stays what it was: the driver would look in the database named otherwise.
 */
export function withDatabase(uri: string, database: string): string {
	const [, server = uri, path = "", query = ""] =
		/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(uri) ?? [];
	const options = new URLSearchParams(query);
	if (server.includes("@") && !options.has("authSource")) options.set("authSource", path || "admin");
	const text = options.toString();
	return `${server}/${database}${text === "" ? "" : `?${text}`}`;
}
