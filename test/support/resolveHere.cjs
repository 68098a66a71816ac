/** Preloaded into a process, this resolves the name in PLACELOCK_TEST_RESOLVE to this computer, as /etc/hosts would. */
const dns = require("node:dns");

const { lookup } = dns;
dns.lookup = (name, ...rest) =>
	lookup(name === process.env.PLACELOCK_TEST_RESOLVE ? "127.0.0.1" : name, ...rest);
