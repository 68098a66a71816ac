/** The address of a server, taken apart once so that nothing later can lead elsewhere. */
export interface Address {
	/** Scheme, host, port and path, without a trailing slash. */
	readonly base: string;
	/** Plain http to another machine: the key crosses the network readable by all. */
	readonly exposesKey: boolean;
}

/** Ports that HttpService refuses: all below 1024 but these two, and 1194 (Roblox's documentation). */
function isPortRefused(port: number): boolean {
	return (port < 1024 && port !== 80 && port !== 443) || port === 1194;
}

function isLoopback(host: string): boolean {
	if (host === "localhost" || host === "[::1]") return true;
	return host.match("^127%.%d+%.%d+%.%d+$")[0] !== undefined;
}

/** Whether a path has a segment that leads upwards, written plainly or percent-encoded. */
function climbs(path: string): boolean {
	const decoded = path.lower().gsub("%%2e", ".")[0].gsub("%%2f", "/")[0].gsub("%%5c", "\\")[0];
	return decoded
		.gsub("\\", "/")[0]
		.split("/")
		.some((segment) => segment === ".." || segment === ".");
}

/** Whether a text holds characters that have no place in an address: spaces, controls, non-ASCII. */
function hasForeignCharacters(text: string): boolean {
	return text.match("[^!-~]")[0] !== undefined;
}

/** Reads `url`, or says what is wrong with it, to follow "url: ". */
export function readAddress(url: string): Address | string {
	if (hasForeignCharacters(url)) return "has spaces or characters that an address cannot hold";
	const [scheme, authority, path] = url.match("^(%a+)://([^/?#]*)(.*)$") as LuaTuple<
		[string?, string?, string?]
	>;
	const protocol = scheme?.lower();
	if (protocol !== "http" && protocol !== "https") return "must begin with https:// (or http://)";
	if (authority === undefined || path === undefined || authority === "") return "has no host";
	if (authority.find("@", 1, true)[0] !== undefined) {
		return "must not hold a user name or a password; the key goes into `key`";
	}
	if (path.match("[?#\\]")[0] !== undefined) return "must end with its path: no ?, no # and no \\";
	if (climbs(path)) return "must not have . or .. in its path";
	const trimmed = path.gsub("/+$", "")[0];
	if (trimmed.match("/v1$")[0] !== undefined || trimmed.match("^/v1/")[0] !== undefined) {
		return "must end before /v1: the module adds that itself";
	}
	const [host, , portText] = authority.lower().match("^(%[[%x:%.]+%])(:?(%d*))$") as LuaTuple<
		[string?, string?, string?]
	>;
	const [name, , namePort] = authority.lower().match("^([%w%-%._]+)(:?(%d*))$") as LuaTuple<
		[string?, string?, string?]
	>;
	const known = host ?? name;
	if (known === undefined) return "has a host that is not a name or an address";
	if (authority.sub(-1) === ":") return "has a colon without a port";
	const port = tonumber(host !== undefined ? portText : namePort);
	if (port !== undefined && (port < 1 || port > 65535)) return "has a port that does not exist";
	if (port !== undefined && isPortRefused(port)) {
		return `uses port ${port}, which Roblox refuses; 80, 443 and most ports from 1024 on are open`;
	}
	return {
		base: `${protocol}://${authority.lower()}${trimmed}`,
		exposesKey: protocol === "http" && !isLoopback(known),
	};
}

/**
 * What is wrong with the path of a request, or undefined. The key travels with
 * every request, so a path must never lead to another host, nor out of the
 * part of the host that `url` names.
 */
export function faultOfPath(path: string): string | undefined {
	if (path.sub(1, 1) !== "/") return 'must begin with "/"';
	if (path.sub(1, 2) === "//") return 'must not begin with "//"';
	if (hasForeignCharacters(path)) return "must be percent-encoded ASCII, without spaces";
	if (path.match("[#\\]")[0] !== undefined) return "must not hold # or \\";
	if (climbs(path.split("?")[0])) return "must not hold . or .. as a segment";
	return undefined;
}

/** Percent-encodes a text for one segment of a path or one value of a query (RFC 3986, 2.3). */
export function encodeForAddress(text: string): string {
	return text.gsub("[^%w%-%._~]", (character) => "%%%02X".format(character.byte()[0]))[0];
}
