import ipaddr from "ipaddr.js";

/** IPv4 and IPv6 addresses and CIDR ranges, for allow-lists, trusted proxies and Roblox networks. */

export type AddressList = (address: string) => boolean;

/**
 * Why a text is neither an address nor a CIDR range; undefined when it is one.
 * Shorthand such as `10.1` and octal parts are rejected: a typo must not become a
 * range that nobody meant.
 */
export function addressProblem(text: string): string | undefined {
	const [address = "", bits, ...rest] = text.split("/");
	if (rest.length > 0) return "must be one address or CIDR range";
	const wide = ipaddr.IPv4.isValidFourPartDecimal(address) ? 32 : ipv6Valid(address) ? 128 : undefined;
	if (wide === undefined) return "must be an IPv4 or IPv6 address or CIDR range, such as 203.0.113.0/24";
	// RFC 4291, section 2.5.5.1: deprecated, and easily mistaken for ::ffff:1.2.3.4, which is another address.
	if (/^::\d+\.\d+\.\d+\.\d+$/.test(address)) return "must not be an IPv4-compatible IPv6 address";
	if (bits === undefined) return undefined;
	if (!/^(0|[1-9]\d{0,2})$/.test(bits) || Number(bits) > wide) {
		return `must have a prefix length from 0 to ${wide} after the slash`;
	}
	// ::ffff:10.0.0.0/8 would be all of IPv4; whoever writes it means 10.0.0.0/8.
	if (Number(bits) < 96 && isIPv4Mapped(ipaddr.parse(address))) {
		return "must have a prefix length from 96 to 128 after the slash, or be written as IPv4";
	}
	// 10.0.0.1/8 could mean the range or the address, so it is rejected.
	const parsed = ipaddr.parse(address);
	const start = rangeStart(parsed, Number(bits));
	if (start.toNormalizedString() !== parsed.toNormalizedString()) {
		return `must have no bits set after its prefix: the range is ${formatMapped(start)}/${bits}`;
	}
	return undefined;
}

/** A matcher for a list that `addressProblem` accepts. IPv4-mapped IPv6 addresses count as IPv4. */
export function addressList(entries: readonly string[]): AddressList {
	const ranges = entries.map((entry): [ipaddr.IPv4 | ipaddr.IPv6, number] => {
		const [address = "", bits] = entry.split("/");
		const parsed = ipaddr.parse(address);
		if (isIPv4Mapped(parsed)) return [parsed.toIPv4Address(), bits === undefined ? 32 : Number(bits) - 96];
		return [parsed, bits === undefined ? (parsed.kind() === "ipv4" ? 32 : 128) : Number(bits)];
	});
	if (ranges.length === 0) return () => false;
	return (address) => {
		if (!ipaddr.isValid(address)) return false;
		const parsed = ipaddr.process(address);
		return ranges.some(([range, bits]) => range.kind() === parsed.kind() && parsed.match(range, bits));
	};
}

/** One form for every address: IPv4-mapped IPv6 addresses unwrapped, IPv6 shortened, without zone. */
export function normalizeAddress(address: string): string {
	const bare = address.split("%")[0] ?? "";
	return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : bare;
}

/** The network of one subscriber, which failures are counted by: an IPv4 address or an IPv6 /64. */
export function subscriberOf(address: string): string {
	if (!ipaddr.isValid(address)) return address;
	const parsed = ipaddr.process(address);
	if (parsed.kind() === "ipv4") return parsed.toString();
	const groups = (parsed as ipaddr.IPv6).parts.slice(0, 4);
	return `${groups.map((group) => group.toString(16)).join(":")}::/64`;
}

/** The first address of the range around an address. */
function rangeStart(address: ipaddr.IPv4 | ipaddr.IPv6, bits: number): ipaddr.IPv4 | ipaddr.IPv6 {
	const bytes = address.toByteArray().map((byte, index) => {
		const kept = Math.min(8, Math.max(0, bits - index * 8));
		return byte & (0xff00 >> kept) & 0xff;
	});
	return ipaddr.fromByteArray(bytes);
}

function formatMapped(address: ipaddr.IPv4 | ipaddr.IPv6): string {
	return isIPv4Mapped(address) ? `::ffff:${address.toIPv4Address()}` : address.toString();
}

/** Such as `::ffff:192.0.2.1`. */
function isIPv4Mapped(address: ipaddr.IPv4 | ipaddr.IPv6): address is ipaddr.IPv6 {
	return address.kind() === "ipv6" && (address as ipaddr.IPv6).isIPv4MappedAddress();
}

function ipv6Valid(address: string): boolean {
	return address.includes(":") && !address.includes("%") && ipaddr.IPv6.isValid(address);
}
