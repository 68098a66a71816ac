import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { ActionsDropdown } from "./ActionsDropdown.js";

interface ActionsMenuProps {
	/** Whose acts they are, for who cannot see beside what the button stands. */
	readonly name: string;
	/** Whether one of them is under way. */
	readonly busy?: boolean;
	/** The acts, as `Menu.Item`. */
	readonly children: ReactNode;
}

/** What can be done with one record of a list. */
export function ActionsMenu({ name, busy, children }: ActionsMenuProps) {
	return (
		<Menu position="bottom-end">
			<Menu.Target>
				<ActionIcon aria-label={`Acts for ${name}`} loading={busy}>
					<IconDots size={16} aria-hidden />
				</ActionIcon>
			</Menu.Target>
			<ActionsDropdown>{children}</ActionsDropdown>
		</Menu>
	);
}
