import { errors } from "../../shared/errors.js";
import { useServer } from "../support/useServer.js";

const server = useServer();

const get = (path: string, headers = {}) => server.call("GET", path, { headers });
const htmlPages = [["/docs"], ["/docs/errors"]];
const otherFiles = [
	["/openapi.json", "application/json"],
	["/docs/start.js", "text/javascript"],
	["/docs/page.css", "text/css"],
	["/docs/swagger-ui.js", "text/javascript"],
	["/docs/swagger-ui.css", "text/css"],
	["/docs/favicon.png", "image/png"],
];
const all = [...htmlPages.map(([path]) => [path, "text/html"]), ...otherFiles] as [string, string][];

/** What the elements of a page load or link to. */
function references(html: string): string[] {
	return [...html.matchAll(/\s(?:src|href|action|data|srcset)="([^"]*)"/g)].map((match) => match[1] ?? "");
}

it.each(all)("serves %s as %s, with a policy that blocks other hosts", async (path, type) => {
	const { status, headers } = await get(path);
	expect(status).toBe(200);
	expect(headers["content-type"]).toContain(type);
	expect(headers["x-content-type-options"]).toBe("nosniff");
	const policy = String(headers["content-security-policy"]);
	expect(policy).toContain("default-src 'none'");
	expect(policy).not.toMatch(/unsafe|https?:|\*/);
	expect(headers["strict-transport-security"]).toBeUndefined();
});

describe.each(htmlPages)("the page %s", (path) => {
	it("references only files of this server, by relative URLs", async () => {
		const { text } = await get(path);
		const found = references(text);
		expect(found.length).toBeGreaterThan(0);
		for (const reference of found) {
			expect(reference).not.toMatch(/^([a-z]+:|\/)/i);
			const { pathname, origin } = new URL(reference, server.origin + path);
			expect(origin).toBe(server.origin);
			expect({ pathname, status: (await get(pathname)).status }).toEqual({ pathname, status: 200 });
		}
	});

	it("has no inline script, style or handler, which the policy would block", async () => {
		const { text } = await get(path);
		expect(text).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|\sstyle=/i);
	});
});

it("contacts no online validator, and loads nothing from a style sheet", async () => {
	expect((await get("/docs/start.js")).text).toContain("validatorUrl: null");
	for (const sheet of ["/docs/swagger-ui.css", "/docs/page.css"]) {
		const { text } = await get(sheet);
		const loaded = [...text.matchAll(/(?:@import\s*|url\(\s*)["']?([^"')]{0,40})/g)].map((match) => match[1]);
		expect(loaded.filter((address) => !address?.startsWith("data:"))).toEqual([]);
	}
	for (const file of ["/docs/swagger-ui.css", "/docs/swagger-ui.js"]) {
		expect((await get(file)).text.includes("sourceMappingURL")).toBe(false);
	}
});

it("shows the same document in the browser that it serves to programs", async () => {
	const start = (await get("/docs/start.js")).text;
	const url = /url: "([^"]+)"/.exec(start)?.[1] ?? "";
	const document = await get(new URL(url, `${server.origin}/docs`).pathname);
	expect(document.body.openapi).toMatch(/^3\.1\./);
	// The server URL is relative too, so that requests from the page reach this server.
	expect(new URL(document.body.servers[0].url, `${server.origin}/openapi.json`).href).toBe(
		`${server.origin}/`,
	);
});

describe("the page of errors", () => {
	it.each(Object.entries(errors))("explains %s where a problem's type points", async (code, entry) => {
		const { text } = await get("/docs/errors");
		const section = text.split("<section ").find((part) => part.startsWith(`id="${code}">`)) ?? "";
		const shown = section.replace(/<[^>]+>/g, "").replace(/&#(\d+);/g, (_, n) => String.fromCharCode(n));
		expect(shown).toContain(String(entry.status));
		expect(shown).toContain(entry.title);
		expect(shown).toContain(entry.fix.replaceAll("`", ""));
		expect(shown).toContain(entry.retry ? "Yes, " : "No, ");
	});

	it("is where the type of a real problem points", async () => {
		const { type } = (await get("/v1/workspaces")).body;
		const { pathname, hash } = new URL(type, server.origin);
		expect((await get(pathname)).text).toContain(`id="${hash.slice(1)}"`);
	});
});

it("are not sent again to a browser that has them", async () => {
	const first = await get("/docs/swagger-ui.css");
	const again = await get("/docs/swagger-ui.css", { "if-none-match": first.headers.etag });
	expect(again.status).toBe(304);
	expect(again.text).toBe("");
});

it.each(["/METRICS", "/Metrics", "/metrics/", "/LIVEZ", "/V1/session", "/Docs", "/openapi.JSON"])(
	"is at no other spelling of a path: %s",
	async (path) => {
		const { status, body } = await get(path);
		expect([status, body.code]).toEqual([404, "not_found"]);
	},
);

it("responds to HEAD and OPTIONS, and rejects other methods", async () => {
	const head = await server.call("HEAD", "/docs/errors");
	expect({ status: head.status, text: head.text }).toEqual({ status: 200, text: "" });
	expect((await server.call("OPTIONS", "/docs")).headers.allow).toBe("GET, HEAD, OPTIONS");
	const post = await server.call("POST", "/openapi.json");
	expect(post.body.code).toBe("method_not_allowed");
	expect(post.headers.allow).toBe("GET, HEAD, OPTIONS");
	expect((await get("/docs/swagger-initializer.js")).body.code).toBe("not_found");
});
