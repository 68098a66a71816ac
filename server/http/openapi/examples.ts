import type { Endpoint } from "../../../shared/endpoint.js";
import type { ObjectShape, Shape } from "../../../shared/schema.js";

/**
 * Example values for the document, made from the shapes, so that they can never
 * be of another form. The tables say only which value reads well where.
 */

const keyId = "8Fh2kQ0pLm3x";
const workspaceId = "ws_5cT1vR9nWq7d";
const moment = "2026-03-01T12:00:00.000Z";

/** By field, or by what holds the field and the field. */
const values: Readonly<Record<string, unknown>> = {
	"workspace.id": workspaceId,
	"workspace.name": "My game",
	"place.id": "123456",
	"place.name": "Lobby",
	"key.id": keyId,
	"key.name": "Game servers",
	workspaceId,
	keyId,
	placeId: "123456",
	placeIds: ["123456"],
	universeId: "7654321",
	jobId: "3f6c1e0a-92b4-4c57-8d1e-7a5b0c9d2e4f",
	placeVersion: 42,
	idleDays: 90,
	maxKeys: 1000,
	description: "What the live game servers use",
	scopes: ["shop.read", "shop.write"],
	scope: "shop.read",
	tokenStart: `plk_game_${keyId}`,
	token: `plk_game_${keyId}xY2mC8vB4nL6kJ0hG9fD3sA7qW1eR5tZuIoPaS`,
	address: "203.0.113.7",
	rateLimit: { limit: 600, windowSeconds: 60 },
	quota: { limit: 1_000_000, period: "month" },
	overlapSeconds: 3600,
	cacheSeconds: 60,
	limit: 50,
	cursor: "MTc3MjM2NjQwMDAwMDpwbGNfMQ",
	nextCursor: "MTc3MjM2NjQwMDAwMDpwbGNfMQ",
	code: "key_revoked",
	expiresAt: "2027-03-01T12:00:00.000Z",
	rotateBy: "2026-03-02T12:00:00.000Z",
};

/** Optional fields that would tell another story than the example's. */
const unsaid = new Set([
	"revokedAt",
	"rotatedAt",
	"previousValidUntil",
	"previousLastUsedAt",
	"rotateBy",
	"nextCursor",
]);

/** What an endpoint's example has that its shape does not say. */
const particulars: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
	"keys.disable": { status: "disabled" },
	"keys.revoke": { status: "revoked", revokedAt: moment },
	"keys.rotate": { rotatedAt: moment, previousValidUntil: "2026-03-02T12:00:00.000Z" },
};

export function exampleRequest(endpoint: Endpoint): unknown {
	return endpoint.body && exampleOf(endpoint.body, resourceOf(endpoint));
}

/** One example for each form the answer can take. */
export function exampleResponses(endpoint: Endpoint): unknown[] {
	const { response } = endpoint;
	if (response === undefined) return [];
	const forms = response.type === "anyOf" ? response.shapes : [response];
	return forms.map((form) => {
		const example = exampleOf(form, resourceOf(endpoint));
		return typeof example === "object" ? { ...example, ...particulars[endpoint.name] } : example;
	});
}

export function exampleParameter(name: string, shape: Shape): unknown {
	return values[name] ?? exampleOf(shape, name);
}

/** `keys.create` is about a key. */
function resourceOf({ name }: Endpoint): string {
	return (name.split(".")[0] ?? "").replace(/s$/, "");
}

function exampleOf(shape: Shape, within: string): unknown {
	switch (shape.type) {
		case "optional":
		case "clearable":
			return exampleOf(shape.of, within);
		case "object":
			return exampleObject(shape, within);
		case "list":
			return shape.example ?? [exampleOf(shape.of, within)];
		case "anyOf":
			return shape.shapes[0] && exampleOf(shape.shapes[0], within);
		case "literal":
			return shape.value;
		case "choice":
			return shape.example ?? shape.values[0];
		case "timestamp":
			return moment;
		case "integer":
		case "number":
			return shape.example ?? shape.minimum;
		case "boolean":
			return shape.example ?? true;
		case "robloxId":
			return shape.example ?? "123456";
		case "scope":
			return shape.example ?? "shop.read";
		case "json":
			return shape.example ?? {};
		case "text":
			return shape.example ?? "text";
	}
}

function exampleObject({ fields }: ObjectShape, within: string): Record<string, unknown> {
	const shown = Object.entries(fields).filter(([name, { type }]) => type !== "optional" || !unsaid.has(name));
	return Object.fromEntries(
		shown.map(([name, field]) => {
			// The records of a page are what the page is of.
			const inner = name === "data" ? within : name;
			return [name, values[`${within}.${name}`] ?? values[name] ?? exampleOf(field, inner)];
		}),
	);
}
