import { Box, Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./Section.module.css";

interface SectionProps {
	readonly title: string;
	readonly description?: ReactNode;
	/** Actions beside the title. */
	readonly actions?: ReactNode;
	/** Its actions cannot be undone. */
	readonly danger?: boolean;
	readonly children?: ReactNode;
}

/** One section of a page. */
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
