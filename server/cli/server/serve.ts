import type { Command } from "commander";

/** `placelock serve`: the same as `npm start`. */
export function addServe(program: Command): void {
	program
		.command("serve")
		.description("run the server, until SIGTERM or SIGINT")
		.addHelpText(
			"after",
			`
Examples:
  placelock serve
  PORT=9000 PLACELOCK_DATA_DIR=/var/lib/placelock placelock serve`,
		)
		.action(async () => {
			// Only here: the other commands need no web server, and start sooner without.
			const { serve } = await import("../../boot/serve.js");
			await serve();
		});
}
