import { Box, Group, Skeleton, Stack, VisuallyHidden } from "@mantine/core";

/** Stands where a list or a form will be. */
export function Loading({ rows = 5 }: { readonly rows?: number }) {
	return (
		<Box role="status" aria-busy>
			<VisuallyHidden>Loading</VisuallyHidden>
			<Stack gap="sm" aria-hidden>
				{Array.from({ length: rows }, (_, row) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
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

/** Stands where a whole page will be. */
export function LoadingPage() {
	return (
		<Stack gap="xl" p="lg" maw={960}>
			<Skeleton height={24} width={220} />
			<Loading />
		</Stack>
	);
}
