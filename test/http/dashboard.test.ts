import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dashboardPaths } from "../../server/isomorphic/dashboardPaths.js";
import { startServer, type TestServer } from "../support/server.js";

/** A built dashboard, reduced to what these tests need. */
const script = `console.log(${JSON.stringify("a".repeat(2000))});`;
const built = {
	"index.html": `<!doctype html><meta property="csp-nonce" nonce="__NONCE__"><meta name="placelock-public-url" content="__PUBLIC_URL__">
<link rel="icon" href="./icon.svg"><script type="module" src="./assets/index-abc.js"></script>`,
	"icon.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
	"assets/index-abc.js": script,
};

let folder: string;
let server: TestServer;
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "placelock-dashboard-"));
	mkdirSync(join(folder, "assets"));
	for (const [name, content] of Object.entries(built)) writeFileSync(join(folder, name), content);
	server = await startServer({ dashboardFolder: folder });
});
afterAll(async () => {
	await server.close();
	rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, headers = {}) => server.call("GET", path, { headers });
const addresses = Object.values(dashboardPaths).map((path) => path.replace(/:\w+/g, "x1"));

describe.each(addresses)("the page at %s", (path) => {
	it("references files of this server, by relative URLs", async () => {
		const { status, headers, text } = await get(path);
		expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
		expect(headers["cache-control"]).toBe("no-cache");
		const references = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? "");
		expect(references).toHaveLength(2);
		for (const reference of references) {
			expect(reference).toMatch(/^\.\.?\//);
			const { pathname } = new URL(reference, server.origin + path);
			expect([pathname, (await get(pathname)).status]).toEqual([pathname, 200]);
		}
	});

	it("allows only the styles that carry the nonce of this response", async () => {
		const seen = new Set<string>();
		for (const response of [await get(path), await get(path)]) {
			const nonce = /nonce="([\w-]{20,})"/.exec(response.text)?.[1] ?? "";
			const policy = String(response.headers["content-security-policy"]);
			expect(policy).toContain(`style-src 'self' 'nonce-${nonce}';`);
			expect(policy).toContain("script-src 'self';");
			expect(policy).not.toMatch(/unsafe|https?:|\*/);
			seen.add(nonce);
		}
		expect(seen.size).toBe(2);
	});
});

it("lets browsers keep files with a hash in their name forever, and revalidate the rest", async () => {
	const asset = await get("/assets/index-abc.js");
	expect(asset.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
	expect(asset.headers["content-type"]).toBe("text/javascript; charset=utf-8");
	const icon = await get("/icon.svg");
	expect(icon.headers["cache-control"]).toBe("no-cache");
	expect((await get("/icon.svg", { "if-none-match": icon.headers.etag })).status).toBe(304);
});

it("sends files gzipped to clients that accept it", async () => {
	const zipped = await fetch(`${server.origin}/assets/index-abc.js`, {
		headers: { "accept-encoding": "gzip" },
	});
	expect(zipped.headers.get("content-encoding")).toBe("gzip");
	expect(Number(zipped.headers.get("content-length"))).toBeLessThan(200);
	expect(await zipped.text()).toBe(script);
	const plain = await get("/assets/index-abc.js");
	expect(plain.headers["content-encoding"]).toBeUndefined();
	expect(plain.text).toBe(script);
	expect([plain.headers.vary, zipped.headers.get("vary")]).toEqual(["Accept-Encoding", "Accept-Encoding"]);
});

it.each([
	"/v1/nothing",
	"/assets/index-old.js",
	"/assets/../index.html",
	"/index",
	"/workspaces/x1/nothing",
	"/setup/x",
])("is not the response to %s", async (path) => {
	const { status, body } = await get(path);
	expect([status, body.code]).toEqual([404, "not_found"]);
});

it("responds to HEAD and OPTIONS on its paths, and rejects other methods", async () => {
	const head = await server.call("HEAD", "/sign-in");
	expect({ status: head.status, text: head.text }).toEqual({ status: 200, text: "" });
	expect((await server.call("OPTIONS", "/workspaces/x1/keys")).headers.allow).toBe("GET, HEAD, OPTIONS");
	const post = await server.call("POST", "/sign-in");
	expect([post.status, post.headers.allow]).toEqual([405, "GET, HEAD, OPTIONS"]);
});

it("explains how to build it if it was not built, and the API works without it", async () => {
	const other = await startServer({ dashboardFolder: join(folder, "nothing") });
	const { status, text } = await other.call("GET", "/workspaces/x1/places");
	expect(status).toBe(503);
	expect(text).toContain("npm run build");
	expect(text).toContain('href="../../docs/page.css"');
	expect((await other.call("GET", "/readyz")).status).toBe(200);
	await other.close();
});

it.each([
	[undefined, ""],
	["https://keys.example.com/lock?a&b", "https://keys.example.com/lock?a&#38;b"],
])("tells the page the address that games call: %s", async (publicUrl, content) => {
	const other = await startServer({ dashboardFolder: folder, settings: { publicUrl } });
	expect((await other.call("GET", "/sign-in")).text).toContain(`"placelock-public-url" content="${content}"`);
	await other.close();
});

it("keeps serving what it has read while another version is built", async () => {
	writeFileSync(join(folder, "index.html"), "the next one");
	expect((await get("/sign-in")).text).toContain("index-abc.js");
});
