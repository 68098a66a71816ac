import { useEffect } from "react";
import { useSearchParams } from "react-router";
import { tokenPrefix } from "../../ui/tokenPrefix.js";

export const filterableKinds = ["game", "service"] as const;
export const filterableStatuses = ["active", "disabled", "expired", "revoked"] as const;

export interface KeyFilter {
	readonly search?: string;
	readonly kind?: (typeof filterableKinds)[number];
	readonly status?: (typeof filterableStatuses)[number];
}

interface KeyFilterState {
	readonly filter: KeyFilter;
	/** Whether any filter is set, which changes the meaning of an empty list. */
	readonly isFiltered: boolean;
	/** Changes the given filters and returns to the first page. */
	change(filter: Partial<Record<keyof KeyFilter, string | undefined>>): void;
	clear(): void;
}

/** The filters of the key list. They are in the URL, so that a link shows the same list. */
export function useKeyFilter(): KeyFilterState {
	const [params, setParams] = useSearchParams();
	const searched = params.get("search")?.trim() || undefined;
	const start = tokenPrefix(searched ?? "");
	// The URL contained a whole token: neither the API nor the history gets more than its prefix.
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
		search: start ?? searched,
		kind: filterableKinds.find((kind) => kind === params.get("kind")),
		status: filterableStatuses.find((status) => status === params.get("status")),
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
