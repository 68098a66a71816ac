import { describeAddress } from "../../server/dashboard/labels/addresses.js";
import { describeBrowser } from "../../server/dashboard/labels/browsers.js";

describe("the labels of a session", () => {
	it.each([
		[
			"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0",
			"Firefox 143 on Windows",
		],
		[
			"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
			"Chrome 141 on Linux",
		],
		[
			"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
			"Edge 141 on Windows",
		],
		[
			"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
			"Safari 26 on macOS",
		],
		[
			"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1",
			"Chrome 141 on iPhone",
		],
		[
			"Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
			"Safari 18 on iPad",
		],
		[
			"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
			"Samsung Internet 28 on Android",
		],
		["Something (Windows NT 10.0)", "Unknown browser on Windows"],
		["curl/8.14.1", "curl/8.14.1"],
		["", "Unknown browser"],
		[undefined, "Unknown browser"],
	])("name the browser %j", (userAgent, words) => {
		expect(describeBrowser(userAgent)).toBe(words);
	});

	it.each([
		["127.0.0.1", "localhost"],
		["::1", "localhost"],
		["::ffff:127.0.0.1", "localhost"],
		["10.1.2.3", "local network"],
		["172.31.0.9", "local network"],
		["::ffff:192.168.1.4", "local network"],
		["fd12:3456::1", "local network"],
		["fe80::1", "local network"],
		["172.32.0.9", undefined],
		["203.0.113.7", undefined],
		["2001:db8::1", undefined],
		["fd::1", undefined],
	])("locate the address %s: %s", (address, words) => {
		expect(describeAddress(address)).toBe(words);
	});
});
