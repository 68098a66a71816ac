/**
 * npm runs a script in a shell. Where that shell does not give way to the
 * program (dash, Debian's sh), npm's SIGTERM ends the shell and never arrives
 * here: the program would stay behind, running, with nobody to end it. So when
 * the shell is gone, this process gets the signal it was meant to have.
 *
 * See docs/decisions/0014-server-ends-with-npm.md
 */
export function endWithNpm() {
	if (process.env.npm_lifecycle_event === undefined) return;
	const shell = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid === shell) return;
		clearInterval(watch);
		process.kill(process.pid, "SIGTERM");
	}, 200);
	watch.unref();
}
