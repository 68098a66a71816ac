/**
 * This module's share of the 500 requests a minute that all scripts of a game
 * server have together (Roblox's documentation of HttpService). A token bucket
 * that holds one minute's share and refills evenly.
 */
export interface Budget {
	/** Takes one request out of the budget, or returns why it cannot and when to try again. */
	take(now: number): BudgetResult;
	/** Stops all requests for `pauseSeconds`: Roblox reported that the game server's limit is reached. */
	pause(now: number): void;
}

type BudgetResult = "taken" | { readonly reason: "spent" | "paused"; readonly seconds: number };

/** Seconds without requests after Roblox's own limit was reached. */
export const pauseSeconds = 30;

export function createBudget(requestsPerMinute: number, startedAt: number): Budget {
	const perSecond = requestsPerMinute / 60;
	let tokens = requestsPerMinute;
	let refilledAt = startedAt;
	let pausedUntil = startedAt;

	return {
		take(now) {
			if (now < pausedUntil) return { reason: "paused", seconds: pausedUntil - now };
			tokens = math.min(requestsPerMinute, tokens + math.max(0, now - refilledAt) * perSecond);
			refilledAt = math.max(refilledAt, now);
			if (tokens < 1) return { reason: "spent", seconds: (1 - tokens) / perSecond };
			tokens -= 1;
			return "taken";
		},
		pause(now) {
			pausedUntil = math.max(pausedUntil, now + pauseSeconds);
		},
	};
}
