import { endpoints } from "../../shared/endpoints/index.js";
import type { Shape } from "../../shared/schema.js";
import type { Group } from "./corpus.js";

/** Requests and responses of real endpoints, valid ones and nearly valid ones. */

type Part = "params" | "query" | "body" | "response";

function of(
	name: keyof typeof endpoints,
	part: Part,
	values: { accepted: readonly unknown[]; refused: readonly unknown[] },
): Group {
	const endpoint: { caller: string } & Partial<Record<Part, Shape>> = endpoints[name];
	const shape = endpoint[part];
	if (shape === undefined) throw new Error(`${name} has no ${part}`);
	// As the server reads management requests, and the SDK reads responses.
	const unknownFields = part === "response" || endpoint.caller === "game" ? "ignore" : "reject";
	return { title: `${name}, ${part}`, shape, at: [name, part], unknownFields, ...values };
}

const at = "2026-03-01T12:00:00Z";
const verified = {
	workspace: { id: "wsp_1", name: "Harbour" },
	key: { id: "key_1", name: "live", scopes: ["bans.read"] },
	place: { id: "123456", name: "Lobby", proof: "header" },
	cacheSeconds: 60,
	serverTime: at,
};
const key = {
	id: "key_1",
	workspaceId: "wsp_1",
	kind: "game",
	status: "active",
	name: "live",
	tokenStart: "plk_game_0123456789ab",
	scopes: [],
	placeIds: [],
	allowedIps: [],
	createdAt: at,
	updatedAt: at,
};
const entry = {
	id: "aud_1",
	at,
	actor: { type: "command-line" },
	action: "keys.rotate",
	targetType: "key",
	targetId: "key_1",
};
const counts = { verified: 1, denied: 0 };
const latency = { p50Ms: 0.25, p95Ms: 12.5 };
const denial = {
	id: "den_1",
	code: "place_not_allowed",
	keyId: "key_1",
	address: "192.0.2.1",
	count: 1,
	firstAt: at,
	lastAt: at,
};
const create = { name: "live", kind: "game", scopes: ["bans.read"] };

function without<T extends object>(value: T, field: keyof T): Partial<T> {
	const { [field]: _gone, ...rest } = value;
	return rest as Partial<T>;
}

/** The value without one of its fields, for each field. */
function eachLeftOut<T extends object>(value: T): unknown[] {
	return (Object.keys(value) as Array<keyof T>).map((field) => without(value, field));
}

export const endpointCorpus: readonly Group[] = [
	of("verify", "body", {
		accepted: [
			{},
			[],
			{ placeId: 123456 },
			{ placeId: "123456", universeId: 5, jobId: "", placeVersion: 0 },
			{ placeId: "9223372036854775807" },
			{ placeId: null, jobId: null },
			{ placeVersion: 9_007_199_254_740_991 },
			{ jobId: "ü".repeat(100) },
			{ sdkVersion: "9.9", placeId: 1 },
		],
		refused: [
			{ placeId: 0 },
			{ placeId: "" },
			{ placeId: "0" },
			{ placeId: -5 },
			{ placeId: 1.5 },
			{ placeId: true },
			{ placeId: [] },
			{ placeId: {} },
			{ universeId: "game" },
			{ placeVersion: -1 },
			{ placeVersion: "1" },
			{ placeVersion: 9_007_199_254_740_992 },
			{ jobId: 5 },
			{ jobId: "ü".repeat(101) },
			{ jobId: [] },
			["placeId"],
			"123456",
			123456,
			null,
		],
	}),
	of("verify", "response", {
		accepted: [
			verified,
			{ ...verified, key: { ...verified.key, scopes: {} } },
			{ ...verified, key: { ...verified.key, expiresAt: at, rotateBy: null } },
			{ ...verified, place: { id: "1", proof: "moonlight" } },
			{ ...verified, place: { id: 1, proof: "claimed", name: null } },
			{ ...verified, cacheSeconds: 0 },
			{ ...verified, cacheSeconds: 86_400 },
			{ ...verified, motd: "new in a later version" },
			{ ...verified, workspace: { id: "w", name: "", plan: "free" } },
		],
		refused: [
			...eachLeftOut(verified),
			{ ...verified, cacheSeconds: -1 },
			{ ...verified, cacheSeconds: 86_401 },
			{ ...verified, cacheSeconds: "60" },
			{ ...verified, cacheSeconds: 0.5 },
			{ ...verified, serverTime: "yesterday" },
			{ ...verified, serverTime: 1_767_225_600 },
			{ ...verified, workspace: [] },
			{ ...verified, workspace: { id: "", name: "x" } },
			{ ...verified, workspace: { id: "w".repeat(65), name: "x" } },
			{ ...verified, key: { ...verified.key, scopes: null } },
			{ ...verified, key: { ...verified.key, scopes: "bans.read" } },
			{ ...verified, key: { ...verified.key, scopes: { read: true } } },
			{ ...verified, key: { ...verified.key, scopes: [1] } },
			{ ...verified, key: { ...verified.key, scopes: Array.from({ length: 51 }, () => "a.b") } },
			{ ...verified, key: { ...verified.key, expiresAt: "" } },
			{ ...verified, place: { id: "0", proof: "header" } },
			{ ...verified, place: { id: "1" } },
			{ ...verified, place: null },
			{},
			[],
			[verified],
			"verified",
			true,
			null,
		],
	}),
	of("keys.create", "body", {
		accepted: [
			create,
			{ ...create, scopes: [] },
			{ ...create, scopes: {} },
			{ ...create, scopes: ["*"] },
			{ ...create, name: "鍵".repeat(100) },
			{ ...create, description: "" },
			{ ...create, description: null, placeIds: null, quota: null },
			{ ...create, placeIds: [1, "2"], allowedIps: ["203.0.113.0/24", "::1"] },
			{ ...create, rateLimit: { limit: 1, windowSeconds: 86_400 } },
			{ ...create, quota: { limit: 1_000_000_000_000, period: "month" }, expiresAt: at },
			{ ...create, other: null },
		],
		refused: [
			...eachLeftOut(create),
			{ ...create, kind: "admin" },
			{ ...create, kind: "Game" },
			{ ...create, name: "" },
			{ ...create, name: "鍵".repeat(101) },
			{ ...create, scopes: null },
			{ ...create, scopes: ["bans"] },
			{ ...create, scopes: "bans.read" },
			{ ...create, placeIds: [0] },
			{ ...create, placeIds: ["1", ""] },
			{ ...create, placeIds: Array.from({ length: 101 }, (_, index) => index + 1) },
			{ ...create, allowedIps: ["x"] },
			{ ...create, allowedIps: [5] },
			{ ...create, rateLimit: {} },
			{ ...create, rateLimit: [] },
			{ ...create, rateLimit: { limit: 0, windowSeconds: 1 } },
			{ ...create, rateLimit: { limit: 1, windowSeconds: 86_401 } },
			{ ...create, rateLimit: { limit: 1, windowSeconds: 60, burst: 5 } },
			{ ...create, quota: { limit: 1, period: "week" } },
			{ ...create, quota: { limit: 1.5, period: "day" } },
			{ ...create, expiresAt: "2026-02-29T00:00:00Z" },
			{ ...create, expires_at: at },
			{ ...create, token: "mine" },
			{},
			[],
			null,
		],
	}),
	of("keys.change", "body", {
		accepted: [
			{},
			[],
			{ description: null, expiresAt: null, rateLimit: null, quota: null },
			{ name: "new", scopes: [] },
			{ name: null },
		],
		refused: [
			{ kind: "service" },
			{ status: "active" },
			{ name: "" },
			{ quota: [] },
			{ expiresAt: "" },
			["name"],
		],
	}),
	of("keys.rotate", "body", {
		accepted: [{}, [], { overlapSeconds: 0 }, { overlapSeconds: 2_592_000 }, { overlapSeconds: null }],
		refused: [{ overlapSeconds: -1 }, { overlapSeconds: 2_592_001 }, { overlapSeconds: "0" }, { overlap: 1 }],
	}),
	of("keys.list", "query", {
		accepted: [
			{},
			{ limit: 1 },
			{ limit: 100 },
			{ cursor: "abc" },
			{ search: "x".repeat(100), kind: "service", status: "expired" },
		],
		refused: [
			{ limit: 0 },
			{ limit: 101 },
			{ limit: "10" },
			{ cursor: "" },
			{ page: 2 },
			{ search: "" },
			{ search: "x".repeat(101) },
			{ kind: "admin" },
			{ status: "idle" },
		],
	}),
	of("keys.list", "response", {
		accepted: [
			{ data: [] },
			{ data: {} },
			{ data: [key], nextCursor: "abc" },
			{ data: [key, { ...key, kind: "robot", status: "asleep" }], nextCursor: null },
			{ data: [{ ...key, workspaceId: null, rateLimit: { limit: 1, windowSeconds: 1, more: 1 } }] },
		],
		refused: [
			{},
			{ data: null },
			{ data: key },
			{ data: [{}] },
			{ data: [key, null, key] },
			...eachLeftOut(without(key, "workspaceId")).map((one) => ({ data: [one] })),
			{ data: [{ ...key, placeIds: [0] }] },
			{ data: [{ ...key, lastUsedAt: "2026-13-01T00:00:00Z" }] },
			{ data: [], nextCursor: 5 },
		],
	}),
	of("keys.introspect", "body", {
		accepted: [{ token: "x" }, { token: "x".repeat(1024), placeId: "5", scope: "a.b" }],
		refused: [
			{},
			{ token: "" },
			{ token: "x".repeat(1025) },
			{ token: "x", scope: "a" },
			{ token: "x", extra: 1 },
		],
	}),
	of("keys.introspect", "response", {
		accepted: [
			{ active: false, code: "key_unknown" },
			{
				active: true,
				workspace: verified.workspace,
				key: { ...verified.key, kind: "game", status: "active" },
			},
			{
				active: true,
				workspace: verified.workspace,
				key: { ...verified.key, kind: "service", status: "active" },
				place: verified.place,
			},
		],
		refused: [
			{ active: true },
			{ active: false },
			{ active: "no", code: "x" },
			{ active: true, code: "key_unknown" },
			{ active: true, workspace: verified.workspace, key: verified.key },
			[],
		],
	}),
	of("places.put", "params", {
		accepted: [
			{ workspaceId: "w", placeId: 1 },
			{ workspaceId: "w", placeId: "9007199254740993" },
		],
		refused: [{ workspaceId: "w" }, { workspaceId: "", placeId: 1 }, { workspaceId: "w", placeId: "x" }, {}],
	}),
	of("places.change", "body", {
		accepted: [{}, { name: null }, { name: "Lobby", status: "inactive" }, { status: null }],
		refused: [{ name: "" }, { status: "paused" }, { status: "" }, { name: [] }, { id: 5 }],
	}),
	of("workspaces.change", "body", {
		accepted: [
			{},
			{ placeProof: null, idleDays: null },
			{ placeProof: "network", idleDays: 3650, maxKeys: 1 },
		],
		refused: [
			{ placeProof: "strict" },
			{ idleDays: 0 },
			{ idleDays: 3651 },
			{ maxKeys: 0 },
			{ maxKeys: 100_001 },
		],
	}),
	of("audit.list", "query", {
		accepted: [{}, { actor: "command-line", action: "keys.rotate", from: at, to: at, limit: 5 }],
		refused: [{ from: "yesterday" }, { actor: "" }, { by: "acc_1" }],
	}),
	of("audit.export", "response", {
		accepted: [
			entry,
			{ ...entry, actor: { type: "account", id: "acc_1", keyId: "k" }, before: { a: [1] }, after: "x" },
			{ ...entry, targetType: "invitation", before: null },
		],
		refused: [...eachLeftOut(entry), { ...entry, actor: { type: "account" } }, { ...entry, actor: {} }, null],
	}),
	of("usage.get", "response", {
		accepted: [
			{ bucket: "day", from: at, to: at, total: counts, buckets: [], keys: [{ keyId: "k", ...counts }] },
			{ bucket: "minute", from: at, to: at, total: counts, buckets: [{ at, ...counts }] },
		],
		refused: [{ bucket: "day", from: at, to: at, total: { verified: 1 }, buckets: [] }, {}, null],
	}),
	of("activity.get", "response", {
		accepted: [
			{ span: "hour", from: at, to: at, total: counts, points: [] },
			{ span: "year", from: at, to: at, lastCallAt: at, total: counts, points: [{ at, ...counts, latency }] },
			{ span: "day", from: at, to: at, total: { ...counts, latency: { p50Ms: 0, p95Ms: 5000 } }, points: {} },
		],
		refused: [
			{ span: "day", from: at, to: at, total: { ...counts, latency: { p50Ms: 1 } }, points: [] },
			{ span: "day", from: at, to: at, total: { ...counts, latency: { p50Ms: -0.1, p95Ms: 1 } }, points: [] },
			{ span: "day", from: at, to: at, total: counts, points: [counts] },
			{},
			null,
		],
	}),
	of("denials.list", "response", {
		accepted: [
			{ data: [denial] },
			{ data: [{ ...denial, placeId: 5, proof: "header", claimedPlaceId: "6", detail: "why" }] },
			{ data: [{ ...denial, code: "scope_missing", scope: "bans.read", keyName: "live" }] },
		],
		refused: [
			...eachLeftOut(denial).map((one) => ({ data: [one] })),
			{ data: [{ ...denial, count: 0 }] },
			{ data: [{ ...denial, placeId: 0 }] },
		],
	}),
	of("health.live", "response", {
		accepted: [{ status: "ok" }, { status: "ok", version: "1.2.3" }],
		refused: [{}, [], { status: "fine" }, { status: true }, "ok", null],
	}),
];
