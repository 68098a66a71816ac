import express from "express";

/** What most backends use: Express 5 with express.json, sending a fixed response. */
const responseBody: unknown = JSON.parse(process.env.BENCH_RESPONSE ?? "{}");

const app = express();
app.post("/v1/verify", express.json(), (_request, response) => {
	response.json(responseBody);
});
app.listen(Number(process.env.PORT), "127.0.0.1", () => process.stdout.write("listening\n"));
// An orderly exit, so that a requested profile is written.
process.on("SIGTERM", () => process.exit(0));
