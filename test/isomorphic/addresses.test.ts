import { BlockList, isIPv6 } from "node:net";
import fc from "fast-check";
import {
	addressList,
	addressProblem,
	normalizeAddress,
	subscriberOf,
} from "../../server/isomorphic/addresses.js";

const ipv4Mapped = new BlockList();
ipv4Mapped.addSubnet("::ffff:0:0", 96, "ipv6");

const ipv4 = fc.ipV4();
/** Without IPv4-mapped addresses, which are drawn separately. */
const ipv6 = fc
	.ipV6()
	.filter((text) => isIPv6(text) && !ipv4Mapped.check(text, "ipv6") && !/^::\d+\.\d/.test(text));
const address = fc.oneof(
	ipv4,
	ipv6,
	ipv4.map((text) => `::ffff:${text}`),
);
const range = fc.oneof(
	address,
	fc.tuple(ipv4, fc.nat({ max: 32 })).map(([text, bits]) => `${text}/${bits}`),
	fc.tuple(ipv6, fc.nat({ max: 128 })).map(([text, bits]) => `${text}/${bits}`),
	fc.tuple(ipv4, fc.nat({ max: 32 })).map(([text, bits]) => `::ffff:${text}/${bits + 96}`),
);

/** Node's own lists as the reference, one for each family: IPv4-mapped addresses count as IPv4. */
function judge(ranges: readonly string[]): (address: string) => boolean {
	const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
	for (const each of ranges) {
		const [text = "", bits] = each.split("/");
		const bare = unwrapMapped(text);
		const family = isIPv6(bare) ? "ipv6" : "ipv4";
		const widest = family === "ipv6" ? 128 : 32;
		const length = bits === undefined ? widest : Number(bits) - (bare === text ? 0 : 96);
		lists[family].addSubnet(bare, length, family);
	}
	return (candidate) => {
		const bare = unwrapMapped(candidate);
		const family = isIPv6(bare) ? "ipv6" : "ipv4";
		return lists[family].check(bare, family);
	};
}

function unwrapMapped(text: string): string {
	return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1] ?? text;
}

describe("a list of addresses and ranges", () => {
	it("contains an address exactly when Node's own list does", () => {
		fc.assert(
			fc.property(fc.array(range, { minLength: 1, maxLength: 5 }), address, (ranges, candidate) => {
				expect(addressList(ranges)(candidate)).toBe(judge(ranges)(candidate));
			}),
			{ numRuns: 1_000 },
		);
	});

	it("contains every address that differs only after a range's prefix, and none that differs in it", () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 2 ** 32 - 1 }),
				fc.nat({ max: 32 }),
				fc.nat({ max: 31 }),
				(base, bits, flip) => {
					const text = (number: number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join(".");
					const list = addressList([`${text(base)}/${bits}`]);
					// Bit 0 is the most significant.
					const other = (base ^ (1 << (31 - flip))) >>> 0;
					expect(list(text(base))).toBe(true);
					expect(list(text(other))).toBe(flip >= bits);
					expect(list(`::ffff:${text(base)}`)).toBe(true);
				},
			),
		);
	});

	it("contains nothing when it is empty, and never what is not an address", () => {
		expect(addressList([])("127.0.0.1")).toBe(false);
		for (const text of ["", "unknown", "127.0.0.1.1", "127.0.0.0/8", "localhost"]) {
			expect(addressList(["0.0.0.0/0", "::/0"])(text)).toBe(false);
		}
	});

	it("accepts addresses and ranges, and names the range where bits are set after the prefix", () => {
		fc.assert(
			fc.property(range, address, (text, candidate) => {
				const problem = addressProblem(text);
				if (problem === undefined) return;
				const meant = /^must have no bits set after its prefix: the range is (\S+)$/.exec(problem)?.[1] ?? "";
				expect(addressProblem(meant)).toBeUndefined();
				expect(meant.split("/")[1]).toBe(text.split("/")[1]);
				expect(judge([meant])(candidate)).toBe(judge([text])(candidate));
			}),
			{ numRuns: 1_000 },
		);
		fc.assert(fc.property(address, (text) => expect(addressProblem(text)).toBeUndefined()));
	});

	it.each([
		["10.0.0.1/8", "10.0.0.0/8"],
		["192.0.2.255/31", "192.0.2.254/31"],
		["1.2.3.4/0", "0.0.0.0/0"],
		["2001:db8::1/32", "2001:db8::/32"],
		["::ffff:10.0.0.1/104", "::ffff:10.0.0.0/104"],
	])("rejects %s, which could mean %s or a single address", (text, meant) => {
		expect(addressProblem(text)).toContain(`the range is ${meant}`);
		expect(addressProblem(meant)).toBeUndefined();
	});

	it.each([
		"",
		"10",
		"10.1",
		"010.0.0.1",
		"0x7f.0.0.1",
		"256.0.0.1",
		"1.2.3.4.5",
		"1.2.3.4/",
		"1.2.3.4/33",
		"1.2.3.4/08",
		"1.2.3.4/-1",
		"1.2.3.4/1/2",
		"1.2.3.4 ",
		"1.2.3.4:80",
		"::1/129",
		"::ffff:10.0.0.0/8",
		"::ffff:a00:0/95",
		"::10.0.0.1",
		"fe80::1%eth0",
		":::",
		"example.com",
	])("rejects %j, so that a typo does not become a range nobody meant", (text) => {
		expect(addressProblem(text)).toMatch(/^must /);
	});
});

describe("the normal form of an address", () => {
	it("is the same, however the address was written", () => {
		const forms = ["2001:DB8::1", "2001:db8:0:0:0:0:0:1", "2001:0db8::0001", "2001:db8::1%eth0"];
		expect(new Set(forms.map(normalizeAddress))).toEqual(new Set(["2001:db8::1"]));
		expect(normalizeAddress("::ffff:192.0.2.1")).toBe("192.0.2.1");
		fc.assert(
			fc.property(address, (text) =>
				expect(normalizeAddress(normalizeAddress(text))).toBe(normalizeAddress(text)),
			),
		);
	});

	it("of a subscriber is the IPv4 address, or the /64 it is in", () => {
		expect(subscriberOf("192.0.2.1")).toBe("192.0.2.1");
		expect(subscriberOf("2001:db8:a:b:1:2:3:4")).toBe("2001:db8:a:b::/64");
		expect(subscriberOf("2001:db8:a:b::")).toBe("2001:db8:a:b::/64");
		expect(subscriberOf("unknown")).toBe("unknown");
	});
});
