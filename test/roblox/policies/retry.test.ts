import fc from "fast-check";
import { errors } from "../../../shared/errors.js";
import { type Modules, openModules } from "../modules.js";

/** The input of the retry policy. */
interface RetryContext {
	kind: string;
	code?: string;
	status?: number;
	retryAfterSeconds?: number;
	attempts: number;
	maxAttempts: number;
	repeatable: boolean;
	elapsedSeconds: number;
	deadlineSeconds: number;
	random: number;
}

const decide = `
	local retry = use("policies/retry")
	local waits = {}
	for index, context in input do
		local wait = retry.retryDelay({
			err = { kind = context.kind, code = context.code, status = context.status, retryAfterSeconds = context.retryAfterSeconds },
			attempts = context.attempts,
			maxAttempts = context.maxAttempts,
			repeatable = context.repeatable,
			elapsedSeconds = context.elapsedSeconds,
			deadlineSeconds = context.deadlineSeconds,
			random = function() return context.random end,
		})
		waits[index] = if wait == nil then -1 else wait
	end
	return waits
`;

const failures = fc.constantFrom<{ kind: string; status?: number }>(
	{ kind: "network" },
	{ kind: "network", status: 408 },
	{ kind: "limited", status: 429 },
	{ kind: "limited" },
	{ kind: "server", status: 500 },
	{ kind: "server", status: 501 },
	{ kind: "server", status: 502 },
	{ kind: "server", status: 503 },
	{ kind: "server", status: 504 },
	{ kind: "server", status: 505 },
	{ kind: "configuration" },
	{ kind: "denied", status: 401 },
	{ kind: "denied", status: 403 },
	{ kind: "invalid", status: 400 },
	{ kind: "protocol", status: 200 },
	{ kind: "budget" },
);

const anyContext: fc.Arbitrary<RetryContext> = fc
	.record({
		failure: failures,
		retryAfterSeconds: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
		attempts: fc.integer({ min: 1, max: 10 }),
		maxAttempts: fc.integer({ min: 1, max: 10 }),
		repeatable: fc.boolean(),
		elapsedSeconds: fc.double({ min: 0, max: 60, noNaN: true }),
		deadlineSeconds: fc.integer({ min: 1, max: 60 }),
		random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
	})
	.map(({ failure, ...rest }) => ({ ...failure, ...rest }));

const retryableStatuses = [408, 429, 500, 502, 503, 504];

function isTransient({ kind, status }: RetryContext): boolean {
	if (kind === "network" || kind === "limited") return true;
	return kind === "server" && retryableStatuses.includes(status ?? 0);
}

describe("the retry policy", () => {
	let modules: Modules;
	beforeAll(async () => {
		modules = await openModules();
	});
	afterAll(() => modules.close());

	async function forAll(check: (context: RetryContext, wait: number) => void): Promise<void> {
		await fc.assert(
			fc.asyncProperty(fc.array(anyContext, { minLength: 50, maxLength: 100 }), async (contexts) => {
				const waits = (await modules.run(decide, contexts)) as number[];
				expect(waits).toHaveLength(contexts.length);
				contexts.forEach((context, index) => check(context, waits[index] as number));
			}),
			{ numRuns: 20 },
		);
	}

	test("never retries what cannot be repeated or cannot succeed later, nor more often than allowed", async () => {
		await forAll((context, wait) => {
			if (context.repeatable && isTransient(context) && context.attempts < context.maxAttempts) return;
			expect(wait).toBe(-1);
		});
	});

	test("waits no longer than the backoff step, unless Retry-After asks for more", async () => {
		await forAll((context, wait) => {
			if (wait === -1) return;
			const step = Math.min(8, 0.5 * 2 ** (context.attempts - 1));
			expect(wait).toBeLessThanOrEqual(Math.max(step, context.retryAfterSeconds ?? 0));
		});
	});

	test("waits at least as long as Retry-After asks", async () => {
		await forAll((context, wait) => {
			if (wait === -1) return;
			expect(wait).toBeGreaterThanOrEqual(context.retryAfterSeconds ?? 0);
		});
	});

	test("gives up now if the wait would not end before the deadline, and only then", async () => {
		await forAll((context, wait) => {
			const step = Math.min(8, 0.5 * 2 ** (context.attempts - 1));
			const expectedWait = Math.max(context.random * step, context.retryAfterSeconds ?? 0);
			const fits = context.elapsedSeconds + expectedWait < context.deadlineSeconds;
			const allowed = context.repeatable && isTransient(context) && context.attempts < context.maxAttempts;
			if (allowed && fits) expect(wait).toBeCloseTo(expectedWait, 9);
			else expect(wait).toBe(-1);
		});
	});

	test("retries exactly what the catalogue marks as retryable", async () => {
		const entries = Object.entries(errors);
		const contexts = entries.map(([code, { status }]) => ({
			kind: status >= 500 ? "server" : "invalid",
			code,
			status,
			attempts: 1,
			maxAttempts: 4,
			repeatable: true,
			elapsedSeconds: 0,
			deadlineSeconds: 30,
			random: 0.5,
		}));
		const waits = (await modules.run(decide, contexts)) as number[];
		const retried = entries.filter((_, index) => waits[index] !== -1).map(([code]) => code);
		expect(retried).toEqual(entries.filter(([, { retry }]) => retry).map(([code]) => code));
	});
});
