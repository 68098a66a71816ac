import { Menu } from "@mantine/core";
import type { MouseEvent, ReactNode } from "react";

/**
 * The items of an actions menu. Focuses the menu's button before an item opens a
 * dialog, which returns the focus there.
 */
export function ActionsDropdown({ children }: { readonly children: ReactNode }) {
	return <Menu.Dropdown onClickCapture={focusTarget}>{children}</Menu.Dropdown>;
}

function focusTarget({ currentTarget: { id } }: MouseEvent<HTMLElement>): void {
	if (id !== "") document.querySelector<HTMLElement>(`[aria-controls="${CSS.escape(id)}"]`)?.focus();
}
