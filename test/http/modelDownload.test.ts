import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer, type TestServer } from "../support/server.js";

let folder: string;
let server: TestServer;
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "placelock-model-"));
	server = await startServer({ modelFile: join(folder, "Placelock.rbxm") });
});
afterAll(async () => {
	await server.close();
	rmSync(folder, { recursive: true, force: true });
});

const path = "/download/Placelock.rbxm";

it("explains how to build the model if it is not built, and serves it once it is", async () => {
	const missing = await server.call("GET", path);
	expect([missing.status, missing.body.code]).toEqual([404, "not_found"]);
	expect(missing.body.detail).toContain("npm run build:roblox");

	writeFileSync(join(folder, "Placelock.rbxm"), "<roblox!");
	const { status, headers, text } = await server.call("GET", path);
	expect([status, text]).toEqual([200, "<roblox!"]);
	expect(headers["content-type"]).toBe("application/octet-stream");
	expect(headers["content-disposition"]).toBe("attachment; filename=Placelock.rbxm");
});

it("rejects other methods", async () => {
	const { status, headers } = await server.call("POST", path);
	expect([status, headers.allow]).toEqual([405, "GET, HEAD, OPTIONS"]);
});
