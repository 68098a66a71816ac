import { createServer } from "node:http";

/** The floor: node:http alone. Reads the JSON body and answers a fixed answer. */
const answer = process.env.BENCH_ANSWER ?? "{}";
const headers = [
	"Content-Type",
	"application/json; charset=utf-8",
	"Content-Length",
	String(Buffer.byteLength(answer)),
];

const server = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on("data", (chunk: Buffer) => chunks.push(chunk));
	request.on("end", () => {
		JSON.parse(Buffer.concat(chunks).toString("utf8"));
		response.writeHead(200, headers);
		response.end(answer);
	});
});
server.listen(Number(process.env.PORT), "127.0.0.1", () => process.stdout.write("listening\n"));
// In order, so that a profile asked for is written.
process.on("SIGTERM", () => process.exit(0));
