const units = [
	["d", 86_400_000],
	["h", 3_600_000],
	["min", 60_000],
	["s", 1_000],
] as const;

/** The remaining time in its two largest units: "23 h 59 min". */
export function formatRemaining(ms: number): string {
	const whole = Math.max(0, Math.floor(ms / 1000) * 1000);
	const first = units.findIndex(([, each]) => whole >= each);
	if (first === -1) return "0 s";
	let rest = whole;
	return units
		.slice(first, first + 2)
		.map(([unit, each]) => {
			const count = Math.floor(rest / each);
			rest -= count * each;
			return [count, unit] as const;
		})
		.filter(([count]) => count > 0)
		.map(([count, unit]) => `${count} ${unit}`)
		.join(" ");
}
