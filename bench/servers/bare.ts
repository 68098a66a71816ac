import { createServer } from "node:http";

/** The baseline: node:http alone. Reads the JSON body and sends a fixed response. */
const responseBody = process.env.BENCH_RESPONSE ?? "{}";
const headers = [
	"Content-Type",
	"application/json; charset=utf-8",
	"Content-Length",
	String(Buffer.byteLength(responseBody)),
];

const server = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on("data", (chunk: Buffer) => chunks.push(chunk));
	request.on("end", () => {
		JSON.parse(Buffer.concat(chunks).toString("utf8"));
		response.writeHead(200, headers);
		response.end(responseBody);
	});
});
server.listen(Number(process.env.PORT), "127.0.0.1", () => process.stdout.write("listening\n"));
// An orderly exit, so that a requested profile is written.
process.on("SIGTERM", () => process.exit(0));
