import type { Endpoint } from "../../../shared/endpoint.js";
import { type ErrorCode, errors } from "../../../shared/errors.js";
import { Problem, type ProblemDetails } from "../../core/problem.js";
import { errorsOf } from "../endpointRules.js";
import { problemBody } from "../problemBody.js";
import type { JsonSchema } from "./schemas.js";

/** How the document describes refusals: one response a status, one example a code. */

export const problemSchema: JsonSchema = {
	type: "object",
	description:
		"A refusal, RFC 9457. `code` is what programs go by; what to do about each is on /docs/errors.",
	properties: {
		type: { type: "string", format: "uri-reference", description: "The code's place on /docs/errors." },
		title: { type: "string", description: "What happened, the same for every occurrence." },
		status: { type: "integer", minimum: 400, maximum: 599 },
		code: {
			type: "string",
			"x-known-values": Object.keys(errors),
			description: "Stable. Codes may be added.",
		},
		detail: { type: "string", description: "What is particular to this occurrence." },
		fix: { type: "string", description: "What to do about it." },
		errors: {
			type: "array",
			description: "For `validation_failed`: each field that is missing or wrong.",
			items: {
				type: "object",
				properties: { path: { type: "string" }, message: { type: "string" } },
				required: ["path", "message"],
			},
		},
		requestId: { type: "string", description: "Also in X-Request-Id. The server's log has it too." },
	},
	required: ["type", "title", "status", "code", "fix", "requestId"],
};

const exampleDetails: { readonly [C in ErrorCode]?: ProblemDetails } = {
	validation_failed: { fields: [{ path: "rateLimit.limit", message: "is required" }] },
	scope_missing: { detail: "The call needs the scope keys.write." },
	kind_not_allowed: { detail: "The call takes a game key." },
	name_taken: { detail: 'Another key that is not revoked is named "Game servers".' },
};

/** An example of every code, for `components`. */
export function problemExamples(): Record<string, unknown> {
	const codes = Object.keys(errors) as ErrorCode[];
	return Object.fromEntries(
		codes.map((code) => {
			const problem = new Problem(code, exampleDetails[code]);
			const value = JSON.parse(JSON.stringify(problemBody(problem, "0b7e4f62-6f0d-4b1e-9a53-2c8d1f7e6a90")));
			return [code, { summary: problem.entry.title, value }];
		}),
	);
}

/** The responses of an endpoint's refusals, by status. */
export function problemResponses(endpoint: Endpoint): Record<string, unknown> {
	const byStatus = new Map<number, ErrorCode[]>();
	for (const code of errorsOf(endpoint)) {
		const { status } = errors[code];
		byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
	}
	return Object.fromEntries([...byStatus].map(([status, codes]) => [status, problemResponse(status, codes)]));
}

function problemResponse(status: number, codes: readonly ErrorCode[]): unknown {
	const lines = codes.map((code) => `- \`${code}\`: ${errors[code].title}. ${errors[code].fix}`);
	const examples = codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]);
	return {
		description: lines.join("\n"),
		headers: { "X-Request-Id": header("requestId"), ...headersOf(status) },
		content: {
			"application/problem+json": {
				schema: { $ref: "#/components/schemas/Problem" },
				examples: Object.fromEntries(examples),
			},
		},
	};
}

function headersOf(status: number): Record<string, unknown> {
	if (status === 401) return { "WWW-Authenticate": header("challenge") };
	if (status === 429) return { "Retry-After": header("retryAfter"), ...limitHeaders };
	if (status === 503) return { "Retry-After": header("retryAfter") };
	return {};
}

export function header(name: string): unknown {
	return { $ref: `#/components/headers/${name}` };
}

export const limitHeaders = { RateLimit: header("rateLimit"), "RateLimit-Policy": header("rateLimitPolicy") };

/** Headers of answers, for `components`. */
export const headers = {
	requestId: { description: "Names this call in the server's log.", schema: { type: "string" } },
	challenge: { description: "RFC 6750.", schema: { type: "string" }, example: 'Bearer realm="placelock"' },
	retryAfter: { description: "Whole seconds to wait.", schema: { type: "integer", minimum: 0 } },
	location: {
		description:
			"Where the created record is, relative to the request's URL. It stays right behind a proxy that adds a path.",
		schema: { type: "string", format: "uri-reference" },
		example: "../../keys/8Fh2kQ0pLm3x",
	},
	idempotentReplayed: {
		description:
			"`true` when this is the stored response of an earlier request with the same Idempotency-Key. Absent otherwise.",
		schema: { type: "string", const: "true" },
	},
	rateLimit: {
		description: "What is left of the key's rate limit and quota, when it has any.",
		schema: { type: "string" },
		example: '"key";r=599;t=60',
	},
	rateLimitPolicy: {
		description: "The key's rate limit and quota, when it has any.",
		schema: { type: "string" },
		example: '"key";q=600;w=60',
	},
};
