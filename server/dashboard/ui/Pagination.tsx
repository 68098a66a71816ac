import { Button, Group } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link, useLocation } from "react-router";

/** The URL parameter with the cursor of the current page. */
export const cursorParameter = "after";

interface PaginationState {
	/** The cursors of the previous pages; "" is the first. */
	readonly before?: readonly string[];
}

/**
 * Links to the next and previous page of a list. Only one page is loaded, however long
 * the list is. The URL holds the cursor, so the browser's back and forward buttons
 * work.
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
	/** Undefined if there is no such page. */
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
