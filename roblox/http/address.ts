/** The server's address, parsed and checked once so that no request can go elsewhere. */
export interface Address {
	/** Scheme, host, port and path, without a trailing slash. */
	readonly base: string;
	/** Plain http to another machine: anyone on the network can read the key. */
	readonly exposesKey: boolean;
}

/** Ports that HttpService blocks: all below 1024 except 80 and 443, and 1194 (Roblox's documentation). */
function isBlockedPort(port: number): boolean {
	return (port < 1024 && port !== 80 && port !== 443) || port === 1194;
}

function isLoopback(host: string): boolean {
	if (host === "localhost" || host === "[::1]") return true;
	return host.match("^127%.%d+%.%d+%.%d+$")[0] !== undefined;
}

/** Whether a path has a "." or ".." segment, written plainly or percent-encoded. */
function hasDotSegments(path: string): boolean {
	const decoded = path.lower().gsub("%%2e", ".")[0].gsub("%%2f", "/")[0].gsub("%%5c", "\\")[0];
	return decoded
		.gsub("\\", "/")[0]
		.split("/")
		.some((segment) => segment === ".." || segment === ".");
}

/** Whether a text has characters that an address cannot contain: spaces, control characters, non-ASCII. */
function hasInvalidCharacters(text: string): boolean {
	return text.match("[^!-~]")[0] !== undefined;
}

/** Parses `url`, or returns what is wrong with it, worded to follow the value. */
export function readAddress(url: string): Address | string {
	if (hasInvalidCharacters(url)) return "contains spaces or characters that an address cannot have";
	const [scheme, authority, path] = url.match("^(%a+)://([^/?#]*)(.*)$") as LuaTuple<
		[string?, string?, string?]
	>;
	const protocol = scheme?.lower();
	if (protocol !== "http" && protocol !== "https") return "must start with https:// or http://";
	if (authority === undefined || path === undefined || authority === "") return "has no host";
	if (authority.find("@", 1, true)[0] !== undefined) {
		return "must not contain a user name or password; the key goes into `key`";
	}
	if (path.match("[?#\\]")[0] !== undefined) return "must end with its path, without ?, # or \\";
	if (hasDotSegments(path)) return "must not have . or .. in its path";
	const trimmed = path.gsub("/+$", "")[0];
	if (trimmed.match("/v1$")[0] !== undefined || trimmed.match("^/v1/")[0] !== undefined) {
		return "must end before /v1, which the module adds";
	}
	const [host, , portText] = authority.lower().match("^(%[[%x:%.]+%])(:?(%d*))$") as LuaTuple<
		[string?, string?, string?]
	>;
	const [name, , namePort] = authority.lower().match("^([%w%-%._]+)(:?(%d*))$") as LuaTuple<
		[string?, string?, string?]
	>;
	const knownHost = host ?? name;
	if (knownHost === undefined) return "has a host that is neither a name nor an IP address";
	if (authority.sub(-1) === ":") return "has a colon without a port";
	const port = tonumber(host !== undefined ? portText : namePort);
	if (port !== undefined && (port < 1 || port > 65535)) return "has a port outside 1 to 65535";
	if (port !== undefined && isBlockedPort(port)) {
		return `uses port ${port}, which Roblox blocks. Use 80, 443, or a port from 1024 up except 1194`;
	}
	return {
		base: `${protocol}://${authority.lower()}${trimmed}`,
		exposesKey: protocol === "http" && !isLoopback(knownHost),
	};
}

/**
 * What is wrong with the path of a request, or undefined. Every request carries
 * the key, so a path must not lead to another host or out of the part of the host
 * that `url` names.
 */
export function validatePath(path: string): string | undefined {
	if (path.sub(1, 1) !== "/") return 'must start with "/"';
	if (path.sub(1, 2) === "//") return 'must not start with "//"';
	if (hasInvalidCharacters(path)) return "must be percent-encoded ASCII without spaces";
	if (path.match("[#\\]")[0] !== undefined) return "must not contain # or \\";
	if (hasDotSegments(path.split("?")[0])) return "must not contain . or .. as a segment";
	return undefined;
}

/** Percent-encodes a text for one path segment or one query value (RFC 3986, 2.3). */
export function encodeForAddress(text: string): string {
	return text.gsub("[^%w%-%._~]", (character) => "%%%02X".format(character.byte()[0]))[0];
}
