import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { errorsOf, rejectsUnknownFields } from "../../server/http/endpointRules.js";
import { openApiDocument } from "../../server/http/openapi/document.js";
import { validatorOf } from "../../server/http/validators.js";
import type { Endpoint } from "../../shared/endpoint.js";
import { endpoints } from "../../shared/endpoints/index.js";
import { errors } from "../../shared/errors.js";
import type { Json, TestResponse } from "../support/call.js";
import { useServer } from "../support/useServer.js";

const document: Json = JSON.parse(JSON.stringify(openApiDocument()));
const all: Endpoint[] = Object.values(endpoints);
const byName = all.map((endpoint): [string, Endpoint] => [endpoint.name, endpoint]);
const withBody = byName.filter(([, endpoint]) => endpoint.body !== undefined);
const withResponse = byName.filter(([, endpoint]) => endpoint.response !== undefined);

const operationOf = ({ method, path }: Endpoint): Json =>
	document.paths[path.replace(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
const jsonOf = (part: Json): Json => part.content["application/json"] ?? part.content["application/x-ndjson"];
const examplesOf = (part: Json): unknown[] =>
	Object.values<Json>(jsonOf(part).examples).map((one) => one.value);

/** Checks values against a schema of the document, with a validator that does not know the contract. */
function checkOf(schema: object): (value: unknown) => string {
	const ajv = new Ajv2020({ strict: false });
	addFormats(ajv);
	const check = ajv.compile({ ...schema, components: document.components });
	return (value) => (check(value) ? "fits" : ajv.errorsText(check.errors));
}

it("is a valid OpenAPI 3.1 document according to an independent validator", () => {
	const folder = mkdtempSync(join(tmpdir(), "placelock-openapi-"));
	try {
		const file = join(folder, "openapi.json");
		writeFileSync(file, JSON.stringify(document));
		const validator = dirname(require.resolve("@seriousme/openapi-schema-validator/package.json"));
		const program = join(validator, "bin", "validate-api-cli.js");
		const { stdout, stderr } = spawnSync(process.execPath, [program, file], { encoding: "utf8" });
		expect(stderr).toBe("");
		expect(JSON.parse(stdout)).toEqual({ valid: true });
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

it("uses the default dialect, because the page shows a warning for any other", () => {
	expect(document).not.toHaveProperty("jsonSchemaDialect");
});

it("describes every endpoint of the contract, and nothing else", () => {
	const described = Object.values<Json>(document.paths).flatMap((path) =>
		Object.values<Json>(path).map((operation) => operation.operationId),
	);
	expect(described.sort()).toEqual(all.map(({ name }) => name).sort());
	for (const endpoint of all) expect(operationOf(endpoint).operationId).toBe(endpoint.name);
});

describe.each(byName)("%s", (_name, endpoint) => {
	const operation = operationOf(endpoint);

	it("describes how callers authenticate", () => {
		const token = ["bearer", "apiKey"];
		const ways = {
			public: [],
			game: token,
			service: token,
			admin: [...token, "session"],
			session: ["session"],
		};
		const schemes = operation.security.flatMap((way: object) => Object.keys(way));
		expect(schemes).toEqual(ways[endpoint.caller]);
		for (const scheme of schemes) expect(document.components.securitySchemes).toHaveProperty(scheme);
	});

	it("lists the codes of each status, each with an example", () => {
		for (const code of errorsOf(endpoint)) {
			const response = operation.responses[errors[code].status];
			expect(response.content["application/problem+json"].examples[code]).toEqual({
				$ref: `#/components/examples/${code}`,
			});
		}
	});

	it("accepts an Idempotency-Key and returns JSON lines where the contract says so", () => {
		const named = (operation.parameters ?? []).filter((one: Json) => one.name === "Idempotency-Key");
		expect(named).toHaveLength(endpoint.takesIdempotencyKey ? 1 : 0);
		for (const parameter of named) expect(checkOf(parameter.schema)(parameter.example)).toBe("fits");
		const { content = {} } = operation.responses[endpoint.status];
		expect("application/x-ndjson" in content).toBe(endpoint.format === "json-lines");
	});

	it("names every parameter of its path", () => {
		const named = (operation.parameters ?? []).filter((one: Json) => one.in === "path");
		const wanted = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1]);
		expect(named.map((one: Json) => one.name)).toEqual(wanted);
		for (const parameter of named) expect(checkOf(parameter.schema)(parameter.example)).toBe("fits");
	});
});

describe("examples", () => {
	it.each(withBody)("%s: the request fits its schema and the server's own validator", (_name, endpoint) => {
		const { requestBody } = operationOf(endpoint);
		const check = checkOf(jsonOf(requestBody).schema);
		const unknownFields = rejectsUnknownFields(endpoint) ? "reject" : "ignore";
		for (const example of examplesOf(requestBody)) {
			expect(check(example)).toBe("fits");
			if (endpoint.body) validatorOf(endpoint.body, { unknownFields }).parse(example);
		}
	});

	it.each(withResponse)("%s: the response fits its schema and the contract", (_name, endpoint) => {
		const response = operationOf(endpoint).responses[endpoint.status];
		const check = checkOf(jsonOf(response).schema);
		const examples = examplesOf(response);
		expect(examples.length).toBeGreaterThan(0);
		for (const example of examples) {
			expect(check(example)).toBe("fits");
			if (endpoint.response) validatorOf(endpoint.response, { unknownFields: "reject" }).parse(example);
		}
	});

	it("show every code of the catalogue as a problem", () => {
		const check = checkOf(document.components.schemas.Problem);
		expect(Object.keys(document.components.examples)).toEqual(Object.keys(errors));
		for (const [code, { value }] of Object.entries<Json>(document.components.examples)) {
			expect(check(value)).toBe("fits");
			expect(value).toMatchObject({ code, type: `/docs/errors#${code}` });
		}
	});

	it("contain no token that looks real: the check characters are invented", () => {
		const tokens = [...JSON.stringify(document).matchAll(/plk_[a-z]+_[0-9A-Za-z]{40,}/g)];
		expect(new Set(tokens.map(([token]) => token)).size).toBeLessThanOrEqual(1);
	});
});

describe("schemas", () => {
	const { schema } = jsonOf(operationOf(endpoints["keys.create"]).requestBody);
	const key = { name: "a", kind: "game", scopes: [] };
	const sides = [
		checkOf(schema),
		(value: unknown) =>
			validatorOf(endpoints["keys.create"].body, { unknownFields: "reject" }).safeParse(value).success
				? "fits"
				: "does not",
	];

	it.each<[string, unknown, boolean]>([
		["a name of 100 emoji: lengths are code points", { ...key, name: "🔑".repeat(100) }, true],
		["a name of 101 emoji", { ...key, name: "🔑".repeat(101) }, false],
		["an empty name", { ...key, name: "" }, false],
		["a misspelt field", { ...key, nmae: "b" }, false],
		["a kind that cannot be created", { ...key, kind: "admin" }, false],
		["place ids as digits and numbers", { ...key, placeIds: ["123", 456] }, true],
		["a place id with a leading zero", { ...key, placeIds: ["0123"] }, false],
		["a place id of zero", { ...key, placeIds: [0] }, false],
		["a fraction for a limit", { ...key, rateLimit: { limit: 1.5, windowSeconds: 60 } }, false],
		["a time with an offset", { ...key, expiresAt: "2027-01-01T00:00:00+01:00" }, true],
		["a time without one", { ...key, expiresAt: "2027-01-01T00:00:00" }, false],
		["a time in UTC", { ...key, expiresAt: "2027-01-01T00:00:00Z" }, true],
		["a scope in capitals", { ...key, scopes: ["Bans.read"] }, false],
		["every scope", { ...key, scopes: ["*"] }, true],
	])("judge %s as the server does", (_what, value, fits) => {
		expect(sides.map((judge) => judge(value) === "fits")).toEqual([fits, fits]);
	});
});

describe("the server's responses", () => {
	const server = useServer();

	it("match the document, from creating a workspace to a denied request", async () => {
		const token = await server.adminToken();
		const fits = (endpoint: Endpoint, response: TestResponse) => {
			const operation = operationOf(endpoint).responses[response.status];
			const type = response.status < 400 ? "application/json" : "application/problem+json";
			expect(checkOf(operation.content[type].schema)(response.body)).toBe("fits");
			return response.body;
		};
		const manage = async (endpoint: Endpoint, path: string, body?: unknown) =>
			fits(endpoint, await server.call(endpoint.method, path, { token, body }));

		const workspace = await manage(endpoints["workspaces.create"], "/v1/workspaces", { name: "A" });
		const home = `/v1/workspaces/${workspace.id}`;
		await manage(endpoints["places.put"], `${home}/places/123456`, { name: "Lobby" });
		const key = await manage(endpoints["keys.create"], `${home}/keys`, {
			name: "game",
			kind: "game",
			scopes: [],
			rateLimit: { limit: 5, windowSeconds: 60 },
		});
		const backend = await manage(endpoints["keys.create"], `${home}/keys`, {
			name: "backend",
			kind: "service",
			scopes: ["keys.introspect"],
		});
		await manage(endpoints["keys.list"], `${home}/keys`);
		await manage(endpoints["workspaces.list"], "/v1/workspaces?limit=1");
		await manage(endpoints["keys.rotate"], `/v1/keys/${key.id}/rotate`, {});
		fits(endpoints.verify, await server.verify(key.token, "123456"));
		fits(endpoints.verify, await server.verify(key.token, "654321"));
		for (const body of [{ token: key.token, placeId: "123456" }, { token: key.token }]) {
			const introspected = await server.call("POST", "/v1/keys/introspect", { token: backend.token, body });
			fits(endpoints["keys.introspect"], introspected);
		}
		await manage(endpoints["keys.create"], `${home}/keys`, { name: 7 });
	});
});
