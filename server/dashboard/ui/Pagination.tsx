import { Button, Group } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link, useLocation } from "react-router";

/** Where a page of a list begins, as the address says it. */
export const cursorParameter = "after";

interface PaginationState {
	/** Where the pages before this one began, the first of them at `""`. */
	readonly before?: readonly string[];
}

/**
 * Leads to the next page of a list, and to the one before. Only one page is on
 * the screen, however long the list is; the address says which, so that the
 * browser's own ways back and forth work too.
 */
export function Pagination({
	label,
	nextCursor,
}: {
	readonly label: string;
	readonly nextCursor: string | undefined;
}) {
	const { pathname, search, state } = useLocation();
	const here = new URLSearchParams(search).get(cursorParameter) ?? "";
	const before = here === "" ? [] : ((state as PaginationState | null)?.before ?? [""]);
	if (here === "" && nextCursor === undefined) return null;
	const to = (cursor: string) => {
		const params = new URLSearchParams(search);
		if (cursor === "") params.delete(cursorParameter);
		else params.set(cursorParameter, cursor);
		return { pathname, search: `?${params}` };
	};
	return (
		<Group component="nav" justify="center" gap="xs" aria-label={label}>
			<PageLink
				text={before.length > 1 || before.length === 0 ? "Previous" : "First page"}
				to={before.length === 0 ? undefined : to(before.at(-1) ?? "")}
				state={{ before: before.slice(0, -1) }}
				left={<IconChevronLeft size={16} aria-hidden />}
			/>
			<PageLink
				text="Next"
				to={nextCursor === undefined ? undefined : to(nextCursor)}
				state={{ before: [...before, here] }}
				right={<IconChevronRight size={16} aria-hidden />}
			/>
		</Group>
	);
}

interface PageLinkProps {
	readonly text: string;
	/** Undefined: there is no such page. */
	readonly to: { readonly pathname: string; readonly search: string } | undefined;
	readonly state: PaginationState;
	readonly left?: ReactNode;
	readonly right?: ReactNode;
}

function PageLink({ text, to, state, left, right }: PageLinkProps) {
	const looks = { variant: "default", leftSection: left, rightSection: right } as const;
	if (to === undefined) {
		return (
			<Button {...looks} disabled>
				{text}
			</Button>
		);
	}
	return (
		<Button {...looks} component={Link} to={to} state={state}>
			{text}
		</Button>
	);
}
