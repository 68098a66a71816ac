import { Box, Group, Skeleton, Stack, VisuallyHidden } from "@mantine/core";

/** Placeholder for a list or a form. */
export function Loading({ rows = 5 }: { readonly rows?: number }) {
	return (
		<Box role="status" aria-busy>
			<VisuallyHidden>Loading</VisuallyHidden>
			<Stack gap="sm" aria-hidden>
				{Array.from({ length: rows }, (_, row) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: the rows are identical
					<Group key={row} wrap="nowrap" gap="md">
						<Skeleton height={14} width="30%" />
						<Skeleton height={14} width="20%" />
						<Skeleton height={14} />
					</Group>
				))}
			</Stack>
		</Box>
	);
}

/** Placeholder for a whole page. */
export function LoadingPage() {
	return (
		<Stack gap="xl" p="lg" maw={960}>
			<Skeleton height={24} width={220} />
			<Loading />
		</Stack>
	);
}
