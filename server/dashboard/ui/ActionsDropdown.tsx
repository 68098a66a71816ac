import { Menu } from "@mantine/core";
import type { MouseEvent, ReactNode } from "react";

/** A menu's acts. Before one of them asks something in a dialog, the focus is where the dialog shall give it back to. */
export function ActionsDropdown({ children }: { readonly children: ReactNode }) {
	return <Menu.Dropdown onClickCapture={focusTarget}>{children}</Menu.Dropdown>;
}

function focusTarget({ currentTarget: { id } }: MouseEvent<HTMLElement>): void {
	if (id !== "") document.querySelector<HTMLElement>(`[aria-controls="${CSS.escape(id)}"]`)?.focus();
}
