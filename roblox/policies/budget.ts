/**
 * This module's share of the 500 requests a minute that all scripts of a game
 * server have together (Roblox's documentation of HttpService). A token
 * bucket: it holds a minute's share, and refills evenly.
 */
export interface Budget {
	/** Takes one request out, or says why not and when to come back. */
	take(now: number): BudgetAnswer;
	/** Roblox said the game server's limit is reached: nothing more for a while. */
	pause(now: number): void;
}

export type BudgetAnswer = "taken" | { readonly reason: "spent" | "paused"; readonly seconds: number };

/** How long, in seconds, Roblox's own limit is waited out. */
export const pauseSeconds = 30;

export function createBudget(requestsPerMinute: number, startedAt: number): Budget {
	const perSecond = requestsPerMinute / 60;
	let tokens = requestsPerMinute;
	let filledAt = startedAt;
	let pausedUntil = startedAt;

	return {
		take(now) {
			if (now < pausedUntil) return { reason: "paused", seconds: pausedUntil - now };
			tokens = math.min(requestsPerMinute, tokens + math.max(0, now - filledAt) * perSecond);
			filledAt = math.max(filledAt, now);
			if (tokens < 1) return { reason: "spent", seconds: (1 - tokens) / perSecond };
			tokens -= 1;
			return "taken";
		},
		pause(now) {
			pausedUntil = math.max(pausedUntil, now + pauseSeconds);
		},
	};
}
