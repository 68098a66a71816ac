import ipaddr from "ipaddr.js";

/** IPv4 and IPv6 addresses and CIDR ranges, for allow-lists, trusted proxies and Roblox networks. */

export type AddressList = (address: string) => boolean;

/**
 * Why a text is neither an address nor a CIDR range; undefined when it is one.
 * Shorthand such as `10.1` or octal parts is refused: a typing mistake must
 * not become a range nobody meant.
 */
export function addressProblem(text: string): string | undefined {
	const [address = "", bits, ...rest] = text.split("/");
	if (rest.length > 0) return "must be one address or CIDR range";
	const wide = ipaddr.IPv4.isValidFourPartDecimal(address) ? 32 : ipv6Valid(address) ? 128 : undefined;
	if (wide === undefined) return "must be an IPv4 or IPv6 address or CIDR range, such as 203.0.113.0/24";
	if (bits === undefined) return undefined;
	if (!/^(0|[1-9]\d{0,2})$/.test(bits) || Number(bits) > wide) {
		return `must have a prefix length from 0 to ${wide} after the slash`;
	}
	return undefined;
}

/** A matcher for a list that `addressProblem` found nothing wrong with. IPv4 in IPv6 clothing counts as IPv4. */
export function addressList(entries: readonly string[]): AddressList {
	const ranges = entries.map((entry): [ipaddr.IPv4 | ipaddr.IPv6, number] => {
		const [address = "", bits] = entry.split("/");
		const parsed = ipaddr.parse(address);
		if (parsed.kind() === "ipv6" && (parsed as ipaddr.IPv6).isIPv4MappedAddress()) {
			const plain = (parsed as ipaddr.IPv6).toIPv4Address();
			return [plain, bits === undefined ? 32 : Math.max(0, Number(bits) - 96)];
		}
		return [parsed, bits === undefined ? (parsed.kind() === "ipv4" ? 32 : 128) : Number(bits)];
	});
	if (ranges.length === 0) return () => false;
	return (address) => {
		if (!ipaddr.isValid(address)) return false;
		const parsed = ipaddr.process(address);
		return ranges.some(([range, bits]) => range.kind() === parsed.kind() && parsed.match(range, bits));
	};
}

/** One spelling for every address: IPv4 in IPv6 clothing undressed, IPv6 shortened, zone and port left out. */
export function plainAddress(address: string): string {
	const bare = address.split("%")[0] ?? "";
	return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : bare;
}

/** Whom failures are counted against: an IPv4 address, or the /64 one IPv6 subscriber has. */
export function subscriberOf(address: string): string {
	if (!ipaddr.isValid(address)) return address;
	const parsed = ipaddr.process(address);
	if (parsed.kind() === "ipv4") return parsed.toString();
	const groups = (parsed as ipaddr.IPv6).parts.slice(0, 4);
	return `${groups.map((group) => group.toString(16)).join(":")}::/64`;
}

function ipv6Valid(address: string): boolean {
	return address.includes(":") && !address.includes("%") && ipaddr.IPv6.isValid(address);
}
