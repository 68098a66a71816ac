import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { ActionsDropdown } from "./ActionsDropdown.js";

interface ActionsMenuProps {
	/** The record the actions apply to, for screen readers. */
	readonly name: string;
	/** Whether an action is in progress. */
	readonly busy?: boolean;
	/** The actions, as `Menu.Item`. */
	readonly children: ReactNode;
}

/** The actions for one record of a list. */
export function ActionsMenu({ name, busy, children }: ActionsMenuProps) {
	return (
		<Menu position="bottom-end">
			<Menu.Target>
				<ActionIcon aria-label={`Actions for ${name}`} loading={busy}>
					<IconDots size={16} aria-hidden />
				</ActionIcon>
			</Menu.Target>
			<ActionsDropdown>{children}</ActionsDropdown>
		</Menu>
	);
}
