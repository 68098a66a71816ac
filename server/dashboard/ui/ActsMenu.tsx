import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { ActsDropdown } from "./ActsDropdown.js";

interface ActsMenuProps {
	/** Whose acts they are, for who cannot see beside what the button stands. */
	readonly name: string;
	/** Whether one of them is under way. */
	readonly busy?: boolean;
	/** The acts, as `Menu.Item`. */
	readonly children: ReactNode;
}

/** What can be done with one record of a list. */
export function ActsMenu({ name, busy, children }: ActsMenuProps) {
	return (
		<Menu position="bottom-end">
			<Menu.Target>
				<ActionIcon aria-label={`Acts for ${name}`} loading={busy}>
					<IconDots size={16} aria-hidden />
				</ActionIcon>
			</Menu.Target>
			<ActsDropdown>{children}</ActsDropdown>
		</Menu>
	);
}
