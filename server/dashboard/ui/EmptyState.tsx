import { Center, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./EmptyState.module.css";

interface EmptyStateProps {
	readonly icon: Icon;
	readonly title: string;
	/** What the list is for, or how to fill it. */
	readonly children: ReactNode;
	readonly action?: ReactNode;
}

/** Replaces an empty list. */
export function EmptyState({ icon: IconComponent, title, children, action }: EmptyStateProps) {
	return (
		<Center className={classes.frame}>
			<Stack align="center" gap="xs" maw={440}>
				<ThemeIcon size={44} radius="xl" variant="light">
					<IconComponent size={24} aria-hidden />
				</ThemeIcon>
				<Title order={2} ta="center">
					{title}
				</Title>
				<Text size="sm" c="dimmed" ta="center">
					{children}
				</Text>
				{action}
			</Stack>
		</Center>
	);
}
