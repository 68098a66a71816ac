import type { Endpoint } from "../../../shared/endpoint.js";
import { endpoints } from "../../../shared/endpoints/index.js";
import type { ObjectShape } from "../../../shared/schema.js";
import { scopes } from "../../../shared/scopes.js";
import { refusesUnknownFields } from "../endpointRules.js";
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

/** The whole API as an OpenAPI 3.1 document, made from the contract. */
export function openApiDocument(): Record<string, unknown> {
	return {
		openapi: "3.1.1",
		info: {
			title: "Placelock",
			version: "1",
			summary: "Keys for Roblox experiences.",
			description: overview,
		},
		// Relative to this document: right behind a proxy and under a path as well.
		servers: [{ url: "./", description: "The server this document comes from" }],
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

const overview = `A key proves which workspace calls, and a game key works only in the places it belongs to.

- The token goes into \`Authorization: Bearer\` or \`X-API-Key\`, never into a URL or a body.
- Refusals are RFC 9457 problems with a stable \`code\`: see [the error catalogue](docs/errors).
- Roblox ids are accepted as digits or as numbers up to 2^53 - 1, and always answered as digits.
- Times are ISO 8601 in UTC. Lengths of texts are counted in Unicode code points.
- Fields that are absent are left out of answers. In requests null counts as left out, except where it clears a field. An empty object is taken for an empty list and an empty list for an empty object, because Luau cannot tell them apart.
- Calls of games ignore fields they do not know; all others refuse them.
- Bodies hold at most 64 KiB of JSON, after inflating if they are gzip. A path asked with another method answers \`method_not_allowed\`, and \`OPTIONS\` says which it takes.`;

const tagDescriptions: Readonly<Record<string, string>> = {
	verify: "What a game server asks",
	keys: "Keys, and what a key presented by somebody else may do",
	workspaces: "The owners of keys and places",
	places: "Which places a workspace's keys work in",
	health: "For load balancers and supervisors",
};

const tags = [...new Set(Object.values(endpoints).map(tagOf))].map((name) => ({
	name,
	description: tagDescriptions[name],
}));

const securitySchemes = {
	bearer: { type: "http", scheme: "bearer", description: "`Authorization: Bearer plk_…`" },
	apiKey: { type: "apiKey", in: "header", name: "X-API-Key", description: "`X-API-Key: plk_…`" },
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

function descriptionOf({ description, caller, scope, idempotent }: Endpoint): string {
	const who = caller === "public" ? "Open to anyone." : `For keys of kind \`${caller}\`${scopeText(scope)}.`;
	const again = idempotent ? "Sent twice it does no more than sent once." : "Sent twice it acts twice.";
	return [description, `${who} ${again}`].filter((part) => part !== undefined).join("\n\n");
}

function scopeText(scope: Endpoint["scope"]): string {
	return scope === undefined ? "" : ` with the scope \`${scope}\` (${scopes[scope].toLowerCase()})`;
}

function securityOf({ caller, scope }: Endpoint): Array<Record<string, string[]>> {
	if (caller === "public") return [];
	const roles = scope === undefined ? [] : [scope];
	return [{ bearer: roles }, { apiKey: roles }];
}

function parametersIn(place: "path" | "query", shape: ObjectShape | undefined): unknown[] {
	if (shape === undefined) return [];
	const required = new Set(requiredFields(shape.fields));
	return Object.entries(shape.fields).map(([name, field]) => {
		const { description, ...schema } = schemaOf(field, { direction: "answered", closed: false });
		return {
			name,
			in: place,
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
	description:
		"The PlaceId. Roblox sends it by itself with every request of a game server; scripts cannot set it.",
	schema: { type: "string", pattern: "^[1-9][0-9]{0,18}$" },
	example: "123456",
};

function requestBody(endpoint: Endpoint, body: ObjectShape): unknown {
	const schema = schemaOf(body, { direction: "sent", closed: refusesUnknownFields(endpoint) });
	return {
		// An empty body counts as an object without fields.
		required: requiredFields(body.fields).length > 0,
		content: json(schema, [exampleRequest(endpoint)]),
	};
}

function success(endpoint: Endpoint): unknown {
	const limited = endpoint.caller === "public" ? {} : limitHeaders;
	const { response } = endpoint;
	return {
		description: response === undefined ? "Done. The answer has no body." : endpoint.summary,
		headers: { "X-Request-Id": header("requestId"), ...limited },
		...(response === undefined
			? {}
			: {
					content: json(
						schemaOf(response, { direction: "answered", closed: false }),
						exampleResponses(endpoint),
					),
				}),
	};
}

function json(schema: JsonSchema, examples: readonly unknown[]): unknown {
	const named = examples.map((value, index) => [`example${index + 1}`, { value }]);
	return { "application/json": { schema, examples: Object.fromEntries(named) } };
}
