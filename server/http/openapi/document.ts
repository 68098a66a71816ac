import type { Endpoint } from "../../../shared/endpoint.js";
import { endpoints } from "../../../shared/endpoints/index.js";
import { limits } from "../../../shared/limits.js";
import type { ObjectShape } from "../../../shared/schema.js";
import { scopes } from "../../../shared/scopes.js";
import { version } from "../../core/version.js";
import { refusesUnknownFields } from "../endpointRules.js";
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

/** The whole API as an OpenAPI 3.1 document, made from the contract. */
export function openApiDocument(): Record<string, unknown> {
	return {
		openapi: "3.1.1",
		info: {
			title: "Placelock",
			version: version(),
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
	audit: "Who changed what",
	"instance-audit": "Who changed what, on the whole instance",
	setup: "The first account",
	session: "Signing in and out",
	"password-resets": "Choosing a new password with a link",
	account: "The account a call acts for",
	sessions: "Where the account is signed in",
	"account-keys": "Admin keys of the account itself",
	accounts: "All accounts, for operators",
	members: "Who belongs to a workspace",
	invitations: "Links that let somebody join a workspace",
	usage: "How often keys are used",
	denials: "Which calls were refused, and why",
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
			"The dashboard's session, `__Host-placelock_session` behind https. Everything but GET also needs its `csrfToken` in `X-CSRF-Token`.",
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
	const who = whoMay(endpoint);
	const unless = takesIdempotencyKey ? ", unless both times with the same Idempotency-Key" : "";
	const again = idempotent
		? "Sent twice it does no more than sent once."
		: `Sent twice it acts twice${unless}.`;
	return [description, `${who} ${again}`].filter((part) => part !== undefined).join("\n\n");
}

function whoMay({ caller, scope, role }: Endpoint): string {
	if (caller === "public") return "Open to anyone.";
	if (caller === "session") return "For whoever is signed in.";
	const keys = `For keys of kind \`${caller}\`${scopeText(scope)}`;
	if (caller !== "admin") return `${keys}.`;
	const account =
		role === "operator" ? "be an instance operator" : `have the role \`${role}\` in the workspace`;
	const must = role === undefined ? "" : ` The account must ${account}.`;
	return `${keys}, and for whoever is signed in.${must}`;
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

const idempotencyKeyHeader = {
	name: "Idempotency-Key",
	in: "header",
	required: false,
	description: `Names this call, so that it can be sent again when its answer was lost: with the same key and body it gets the answer of the first time, its token included, for ${limits.idempotencySeconds / 3600} hours; with another body \`idempotency_key_reused\`. A key is one caller's and one path's. Only success is remembered.`,
	schema: { type: "string", pattern: `^[ -~]{1,${limits.idempotencyKeyLength}}$` },
	example: "0b7e4f62-6f0d-4b1e-9a53-2c8d1f7e6a90",
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
	// OpenAPI 3.1 has no word for lines: what is described is one of them.
	const type = endpoint.format === "json-lines" ? jsonLinesType : "application/json";
	return {
		description: response === undefined ? "Done. The answer has no body." : endpoint.summary,
		headers: { "X-Request-Id": header("requestId"), ...limited },
		...(response === undefined
			? {}
			: {
					content: json(
						schemaOf(response, { direction: "answered", closed: false }),
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
