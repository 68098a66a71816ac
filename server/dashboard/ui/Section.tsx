import { Box, Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./Section.module.css";

interface SectionProps {
	readonly title: string;
	readonly description?: ReactNode;
	/** What can be done here, at the right of the title. */
	readonly actions?: ReactNode;
	/** What is in it cannot be undone. */
	readonly danger?: boolean;
	readonly children?: ReactNode;
}

/** One subject of a page that has several. */
export function Section({ title, description, actions, danger = false, children }: SectionProps) {
	const id = useId();
	return (
		<section className={classes.section} aria-labelledby={id} data-danger={danger || undefined}>
			<Stack>
				<Group justify="space-between" align="flex-start" gap="sm">
					<Box maw={640}>
						<Title order={2} id={id}>
							{title}
						</Title>
						{description !== undefined && (
							<Text size="sm" c="dimmed" mt={2} textWrap="pretty" component="div">
								{description}
							</Text>
						)}
					</Box>
					{actions}
				</Group>
				{children}
			</Stack>
		</section>
	);
}
