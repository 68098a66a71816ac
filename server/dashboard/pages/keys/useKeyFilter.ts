import { useEffect } from "react";
import { useSearchParams } from "react-router";
import { tokenPrefix } from "./tokenPrefix.js";

export const filterableKinds = ["game", "service"] as const;
export const filterableStates = ["active", "disabled", "expired", "revoked"] as const;

export interface KeyFilter {
	readonly search?: string;
	readonly kind?: (typeof filterableKinds)[number];
	readonly state?: (typeof filterableStates)[number];
}

interface KeyFilterInUse {
	readonly filter: KeyFilter;
	/** Whether there is any: an empty list then means something else. */
	readonly isFiltered: boolean;
	/** Changes what is given; the list begins at its start again. */
	change(filter: Partial<Record<keyof KeyFilter, string | undefined>>): void;
	clear(): void;
}

/** What the list of keys is narrowed to. It is kept in the address, so that it can be sent to somebody. */
export function useKeyFilter(): KeyFilterInUse {
	const [params, setParams] = useSearchParams();
	const written = params.get("search")?.trim() || undefined;
	const start = tokenPrefix(written ?? "");
	// Somebody wrote a whole token into the address: neither the API nor the history gets more than its start.
	useEffect(() => {
		if (start === undefined) return;
		const cut = (before: URLSearchParams) => {
			const next = new URLSearchParams(before);
			next.set("search", start);
			return next;
		};
		setParams(cut, { replace: true });
	}, [start, setParams]);
	const filter = {
		search: start ?? written,
		kind: filterableKinds.find((kind) => kind === params.get("kind")),
		state: filterableStates.find((state) => state === params.get("state")),
	};
	return {
		filter,
		isFiltered: Object.values(filter).some((value) => value !== undefined),
		change: (changed) =>
			setParams(
				(before) => {
					const next = new URLSearchParams(before);
					next.delete("after");
					for (const [name, value] of Object.entries(changed)) {
						if (value === undefined || value === "") next.delete(name);
						else next.set(name, value);
					}
					return next;
				},
				{ replace: true, preventScrollReset: true },
			),
		clear: () => setParams({}, { replace: true }),
	};
}
