import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface EntryPageProps {
	readonly title: string;
	readonly description?: ReactNode;
	readonly children?: ReactNode;
}

/** A page for visitors who are not signed in. */
export function EntryPage({ title, description, children }: EntryPageProps) {
	return (
		<Stack>
			<title>{`${title} · Placelock`}</title>
			<Stack gap={4}>
				<Title order={1}>{title}</Title>
				{description !== undefined && (
					<Text size="sm" c="dimmed" component="div">
						{description}
					</Text>
				)}
			</Stack>
			{children}
		</Stack>
	);
}
