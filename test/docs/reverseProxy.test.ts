import { request } from "node:https";
import { parseEnv } from "node:util";
import { readSettings, type Variable, variables } from "../../server/boot/config.js";
import type { Json } from "../support/call.js";
import { newCredentials } from "../support/person.js";
import { openTlsProxy, type TlsProxy } from "../support/tlsProxy.js";
import { useServer } from "../support/useServer.js";
import { blocks } from "./documents.js";
import { caddyHeaders, nginxHeaders, proxyFile } from "./proxyHeaders.js";

const chapter = "Behind a reverse proxy, with TLS";
const env = blocks.find(({ section, saved }) => section === chapter && saved === ".env")?.text ?? "";
const { PUBLIC_URL: publicUrl = "", PLACELOCK_TRUSTED_PROXIES: trusted = "" } = parseEnv(env);
const { hostname } = new URL(publicUrl);

describe.each([
	["nginx", nginxHeaders],
	["Caddy", caddyHeaders],
])("behind %s, configured as the operator's guide says", (_name, headers) => {
	const server = useServer(() => ({ settings: { publicUrl, trustedProxies: trusted.split(",") } }));
	let proxy: TlsProxy;
	beforeAll(async () => {
		proxy = await openTlsProxy({ name: hostname, port: server.port, headers });
	});
	afterAll(async () => {
		await proxy.close();
	});

	/** A call by https from an address outside, as browsers and game servers make it: its certificate is checked. */
	async function outside(
		method: string,
		path: string,
		{ body, ...more }: { from?: string; headers?: Record<string, string>; body?: object } = {},
	): Promise<{ status: number; cookie: string; body: Json; seenFrom: unknown }> {
		const options = {
			method,
			path,
			host: "127.0.0.1",
			port: proxy.port,
			servername: hostname,
			ca: proxy.cert,
			localAddress: more.from ?? "127.0.0.5",
			agent: false as const,
			headers: { host: hostname, "content-type": "application/json", ...more.headers },
		};
		const [answer, text] = await new Promise<[import("node:http").IncomingMessage, string]>(
			(done, failed) => {
				const sent = request(options, async (response) => {
					const chunks: Buffer[] = [];
					for await (const chunk of response) chunks.push(chunk as Buffer);
					done([response, Buffer.concat(chunks).toString()]);
				});
				sent.once("error", failed).end(body === undefined ? undefined : JSON.stringify(body));
			},
		);
		const line = server.logs.find(({ requestId }) => requestId === answer.headers["x-request-id"]);
		return {
			status: answer.statusCode ?? 0,
			cookie: answer.headers["set-cookie"]?.[0] ?? "",
			body: text === "" ? undefined : JSON.parse(text),
			seenFrom: line?.address,
		};
	}

	test("signing in sets a valid cookie that is bound to this host and to https, whatever a caller claims", async () => {
		const origin = { origin: publicUrl, "sec-fetch-site": "same-origin", "x-forwarded-proto": "http" };
		const made = newCredentials();
		const body = { code: await server.setupCode(), ...made };
		expect((await outside("POST", "/v1/setup", { headers: origin, body })).status).toBe(201);

		const { status, cookie } = await outside("POST", "/v1/session", { headers: origin, body: made });
		expect(status).toBe(201);
		expect(cookie).toMatch(/^__Host-placelock_session=\w{43}; Path=\/; .*HttpOnly; SameSite=Lax; Secure$/);
		const session = cookie.split(";")[0] ?? "";
		expect((await outside("GET", "/v1/session", { headers: { cookie: session } })).status).toBe(200);
		const plain = session.replace("__Host-", "");
		expect((await outside("GET", "/v1/session", { headers: { cookie: plain } })).status).toBe(401);
	});

	test("callers are known by their own address", async () => {
		expect((await outside("GET", "/livez")).seenFrom).toBe("127.0.0.5");
		expect((await outside("GET", "/livez", { from: "127.0.0.6" })).seenFrom).toBe("127.0.0.6");
	});

	test.each(["203.0.113.7", "127.0.0.1", "203.0.113.7, 127.0.0.1, ::1", "nonsense"])(
		"X-Forwarded-For: %s from outside is not believed",
		async (forged) => {
			const { seenFrom } = await outside("GET", "/livez", { headers: { "x-forwarded-for": forged } });
			expect(seenFrom).toBe("127.0.0.5");
		},
	);

	test("a key's IP allow-list holds, whatever a caller claims", async () => {
		const { token, place } = await server.fixture({ key: { allowedIps: ["127.0.0.5"] } });
		const sent = { authorization: `Bearer ${token}`, "roblox-id": place.id };
		const verify = (from: string, more = {}) =>
			outside("POST", "/v1/verify", { from, headers: { ...sent, ...more }, body: {} });
		expect((await verify("127.0.0.5")).status).toBe(200);
		const forged = await verify("127.0.0.6", { "x-forwarded-for": "127.0.0.5" });
		expect(forged.body.code).toBe("ip_not_allowed");
	});
});

describe("the files of the operator's guide", () => {
	const ours = blocks.filter(({ file, saved }) => file === "docs/operators.md" && saved !== undefined);
	const { host, port } = readSettings({});

	test("set variables that exist", () => {
		const set = ours
			.filter(({ saved }) => saved === ".env")
			.flatMap(({ text }) => Object.keys(parseEnv(text)));
		expect(set.length).toBeGreaterThan(0);
		for (const name of set) expect(variables).toContain(name as Variable);
	});

	test("lead to the server's default address, from a trusted one", () => {
		const { trustedProxies } = readSettings({ PLACELOCK_TRUSTED_PROXIES: trusted });
		expect(trustedProxies(host)).toBe(true);
		const targets = ours
			.filter(({ language }) => language !== "ini")
			.flatMap(({ text }) => [...text.matchAll(/\b127\.0\.0\.1:\d+/g)].map(([target]) => target));
		expect(targets).toEqual(Array(3).fill(`${host}:${port}`));
	});

	test.each(["nginx", "caddyfile"] as const)(
		"%s has the name of PUBLIC_URL, and does not expose /metrics",
		(language) => {
			const text = proxyFile(language);
			expect(text).toMatch(new RegExp(`^(\\s*server_name )?${hostname.replaceAll(".", "\\.")}[ ;]`, "m"));
			expect(text).toMatch(/respond \/metrics 404|location = \/metrics \{\s*return 404;/);
			expect(text.split("{").length).toBe(text.split("}").length);
		},
	);

	test("nginx forwards everything the server needs to know about a caller", () => {
		const told = nginxHeaders({ headers: { host: "a" } } as never, "203.0.113.7");
		expect(told).toEqual({ host: "a", "x-forwarded-for": "203.0.113.7", "x-forwarded-proto": "https" });
	});

	test("for systemd start the built programs", () => {
		const units = ours.filter(({ saved }) => saved?.endsWith(".service"));
		expect(units).toHaveLength(2);
		for (const { text } of units)
			expect(text).toMatch(/^ExecStart=\/usr\/bin\/node dist\/server\/(cli\/)?main\.js/m);
	});
});
