import express from "express";

/** What most backends are: Express 5 with express.json, answering a fixed answer. */
const answer: unknown = JSON.parse(process.env.BENCH_ANSWER ?? "{}");

const app = express();
app.post("/v1/verify", express.json(), (_request, response) => {
	response.json(answer);
});
app.listen(Number(process.env.PORT), "127.0.0.1", () => process.stdout.write("listening\n"));
// In order, so that a profile asked for is written.
process.on("SIGTERM", () => process.exit(0));
