/** For --require: ends the process, as a power cut would, right after a file got the name in END_AFTER_NAMING. */
const fs = require("node:fs");
const { basename } = require("node:path");

for (const name of ["renameSync", "linkSync"]) {
	const real = fs[name];
	fs[name] = (from, to) => {
		real(from, to);
		if (basename(String(to)) === process.env.END_AFTER_NAMING) process.kill(process.pid, "SIGKILL");
	};
}
