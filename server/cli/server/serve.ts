import type { Command } from "commander";

/** `placelock serve`: the same server as `npm start`. */
export function addServe(program: Command): void {
	program
		.command("serve")
		.description("run the server until SIGTERM or SIGINT")
		.addHelpText(
			"after",
			`
Examples:
  placelock serve
  PORT=9000 PLACELOCK_DATA_DIR=/var/lib/placelock placelock serve`,
		)
		.action(async () => {
			// Imported here only: the other commands start faster without the web server.
			const { serve } = await import("../../boot/serve.js");
			await serve();
		});
}
