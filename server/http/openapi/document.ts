import type { Endpoint } from "../../../shared/endpoint.js";
import { endpoints } from "../../../shared/endpoints/index.js";
import { limits } from "../../../shared/limits.js";
import type { ObjectShape } from "../../../shared/schema.js";
import { scopes } from "../../../shared/scopes.js";
import { version } from "../../core/version.js";
import { rejectsUnknownFields } from "../endpointRules.js";
import { jsonLinesType } from "../jsonLines.js";
import { exampleParameter, exampleRequest, exampleResponses } from "./examples.js";
import {
	header,
	headers,
	limitHeaders,
	problemExamples,
	problemResponses,
	problemSchema,
} from "./problems.js";
import { type JsonSchema, recordSchemas, requiredFields, schemaOf } from "./schemas.js";

/** The whole API as an OpenAPI 3.1 document, generated from the contract. */
export function openApiDocument(): Record<string, unknown> {
	return {
		openapi: "3.1.1",
		info: {
			title: "Placelock",
			version: version(),
			summary: "Keys for Roblox experiences.",
			description: overview,
		},
		// Relative to this document, so that it works behind a proxy and under any path.
		servers: [{ url: "./", description: "The server that serves this document" }],
		tags,
		paths: paths(),
		components: {
			schemas: { ...recordSchemas(), Problem: problemSchema },
			examples: problemExamples(),
			headers,
			securitySchemes,
		},
	};
}

const overview = `An API key proves which workspace a request comes from. A game key works only in the places it belongs to.

- Send the token in \`Authorization: Bearer\` or \`X-API-Key\`, never in a URL or a body.
- Errors are RFC 9457 problems with a stable \`code\`: see [the error catalogue](docs/errors).
- Roblox IDs are accepted as digits or as numbers up to 2^53 - 1, and always returned as digits.
- Times are RFC 3339. Requests can use any offset, with its \`+\` written as \`%2B\` in a query; responses are in UTC. Text lengths are counted in Unicode code points.
- Responses leave out fields without a value. In requests null counts as absent, except where it clears a field. An empty object is accepted as an empty list and the other way round, because Luau cannot tell them apart.
- A 201 response has a \`Location\`, relative to the request's URL. The response to a repeated Idempotency-Key has \`Idempotent-Replayed: true\`.
- Game endpoints ignore unknown fields; all others reject them.
- Bodies contain at most 64 KiB of JSON, after decompression if they are gzip. Unsupported methods get \`method_not_allowed\`; \`OPTIONS\` returns the supported ones.`;

const tagDescriptions: Readonly<Record<string, string>> = {
	verify: "Verifying a key from a game server",
	keys: "API keys, and introspection of keys that others present",
	workspaces: "Workspaces, which hold places and API keys",
	places: "Which places a workspace's keys work in",
	audit: "Who changed what",
	"instance-audit": "Who changed what, on the whole server",
	setup: "The first account",
	session: "Signing in and out",
	"password-resets": "Choosing a new password with a link",
	account: "Your own account",
	sessions: "Where your account is signed in",
	"account-keys": "Admin keys of your account",
	accounts: "All accounts, for operators",
	members: "Who belongs to a workspace",
	invitations: "Links to join a workspace",
	usage: "How often keys are used",
	denials: "Which requests were denied, and why",
	health: "For load balancers and supervisors",
};

const tags = [...new Set(Object.values(endpoints).map(tagOf))].map((name) => ({
	name,
	description: tagDescriptions[name],
}));

const securitySchemes = {
	bearer: { type: "http", scheme: "bearer", description: "`Authorization: Bearer plk_…`" },
	apiKey: { type: "apiKey", in: "header", name: "X-API-Key", description: "`X-API-Key: plk_…`" },
	session: {
		type: "apiKey",
		in: "cookie",
		name: "placelock_session",
		description:
			"The dashboard's session; `__Host-placelock_session` over https. All methods except GET also require its `csrfToken` in `X-CSRF-Token`.",
	},
};

function tagOf({ name }: Endpoint): string {
	return name.split(".")[0] ?? name;
}

function paths(): Record<string, Record<string, unknown>> {
	const byPath: Record<string, Record<string, unknown>> = {};
	for (const endpoint of Object.values(endpoints) as Endpoint[]) {
		const path = endpoint.path.replace(/:(\w+)/g, "{$1}");
		byPath[path] = { ...byPath[path], [endpoint.method.toLowerCase()]: operation(endpoint) };
	}
	return byPath;
}

function operation(endpoint: Endpoint): Record<string, unknown> {
	const parameters = [
		...parametersIn("path", endpoint.params),
		...parametersIn("query", endpoint.query),
		...(endpoint.caller === "game" ? [robloxIdHeader] : []),
		...(endpoint.takesIdempotencyKey ? [idempotencyKeyHeader] : []),
	];
	return {
		operationId: endpoint.name,
		tags: [tagOf(endpoint)],
		summary: endpoint.summary,
		description: descriptionOf(endpoint),
		security: securityOf(endpoint),
		...(parameters.length > 0 ? { parameters } : {}),
		...(endpoint.body === undefined ? {} : { requestBody: requestBody(endpoint, endpoint.body) }),
		responses: { [endpoint.status]: success(endpoint), ...problemResponses(endpoint) },
	};
}

function descriptionOf(endpoint: Endpoint): string {
	const { description, idempotent, takesIdempotencyKey } = endpoint;
	const callers = callersOf(endpoint);
	const unless = takesIdempotencyKey ? " unless both requests have the same Idempotency-Key" : "";
	const repeated = idempotent
		? "Idempotent: repeating the request changes nothing more."
		: `Not idempotent: repeating the request repeats its effect${unless}.`;
	return [description, `${callers} ${repeated}`].filter((part) => part !== undefined).join("\n\n");
}

function callersOf({ caller, scope, role }: Endpoint): string {
	if (caller === "public") return "Open to anyone.";
	if (caller === "session") return "For accounts that are signed in.";
	const keys = `For keys of kind \`${caller}\`${scopeText(scope)}`;
	if (caller !== "admin") return `${keys}.`;
	const account =
		role === "operator" ? "be an instance operator" : `have the role \`${role}\` in the workspace`;
	const must = role === undefined ? "" : ` The account must ${account}.`;
	return `${keys}, and for accounts that are signed in.${must}`;
}

function scopeText(scope: Endpoint["scope"]): string {
	return scope === undefined ? "" : ` with the scope \`${scope}\` (${scopes[scope].toLowerCase()})`;
}

function securityOf({ caller, scope }: Endpoint): Array<Record<string, string[]>> {
	if (caller === "public") return [];
	if (caller === "session") return [{ session: [] }];
	const roles = scope === undefined ? [] : [scope];
	const session = caller === "admin" ? [{ session: [] }] : [];
	return [{ bearer: roles }, { apiKey: roles }, ...session];
}

function parametersIn(location: "path" | "query", shape: ObjectShape | undefined): unknown[] {
	if (shape === undefined) return [];
	const required = new Set(requiredFields(shape.fields));
	return Object.entries(shape.fields).map(([name, field]) => {
		const { description, ...schema } = schemaOf(field, { direction: "received", closed: false });
		return {
			name,
			in: location,
			required: required.has(name),
			...(description === undefined ? {} : { description }),
			schema,
			example: exampleParameter(name, field),
		};
	});
}

const robloxIdHeader = {
	name: "Roblox-Id",
	in: "header",
	required: false,
	description: "The PlaceId. Roblox adds it to every request of a game server; scripts cannot set it.",
	schema: { type: "string", pattern: "^[1-9][0-9]{0,18}$" },
	example: "123456",
};

const idempotencyKeyHeader = {
	name: "Idempotency-Key",
	in: "header",
	required: false,
	description: `Identifies this request, so that you can safely repeat it if the response was lost. For ${limits.idempotencySeconds / 3600} hours, the same key and body return the first response, including its token; another body returns \`idempotency_key_reused\`. Keys are separate per caller and path. Only successful responses are stored.`,
	schema: { type: "string", pattern: `^[ -~]{1,${limits.idempotencyKeyLength}}$` },
	example: "0b7e4f62-6f0d-4b1e-9a53-2c8d1f7e6a90",
};

function requestBody(endpoint: Endpoint, body: ObjectShape): unknown {
	const schema = schemaOf(body, { direction: "sent", closed: rejectsUnknownFields(endpoint) });
	return {
		// An empty body counts as an object without fields.
		required: requiredFields(body.fields).length > 0,
		content: json(schema, [exampleRequest(endpoint)]),
	};
}

function success(endpoint: Endpoint): unknown {
	const limited = endpoint.caller === "public" ? {} : limitHeaders;
	const { response } = endpoint;
	// OpenAPI 3.1 cannot describe JSON lines; the schema is that of one line.
	const type = endpoint.format === "json-lines" ? jsonLinesType : "application/json";
	return {
		description: response === undefined ? "Done. The response has no body." : endpoint.summary,
		headers: {
			"X-Request-Id": header("requestId"),
			...limited,
			...(endpoint.location === undefined ? {} : { Location: header("location") }),
			...(endpoint.takesIdempotencyKey ? { "Idempotent-Replayed": header("idempotentReplayed") } : {}),
		},
		...(response === undefined
			? {}
			: {
					content: json(
						schemaOf(response, { direction: "received", closed: false }),
						exampleResponses(endpoint),
						type,
					),
				}),
	};
}

function json(schema: JsonSchema, examples: readonly unknown[], type = "application/json"): unknown {
	const named = examples.map((value, index) => [`example${index + 1}`, { value }]);
	return { [type]: { schema, examples: Object.fromEntries(named) } };
}
