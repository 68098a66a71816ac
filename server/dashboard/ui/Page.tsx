import { Anchor, Box, Group, Stack, Text, Title } from "@mantine/core";
import { IconChevronLeft } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Link, useLocation } from "react-router";

let shown: string | undefined;

interface PageProps {
	readonly title: string;
	/** One sentence on what the page is for. */
	readonly description?: ReactNode;
	/** The list that it is one of. */
	readonly back?: { readonly to: string; readonly label: string };
	/** What can be done here, at the right of the title. */
	readonly actions?: ReactNode;
	readonly children: ReactNode;
}

/** A page below the shell: its title, also the window's, what can be done, and what there is. */
export function Page({ title, description, back, actions, children }: PageProps) {
	const heading = useRef<HTMLHeadingElement>(null);
	const { pathname } = useLocation();
	useEffect(() => {
		// Not on the first page: there the browser says by itself where one is.
		if (shown !== undefined && shown !== pathname) heading.current?.focus();
		shown = pathname;
	}, [pathname]);
	return (
		<Stack gap="lg">
			<title>{`${title} · Placelock`}</title>
			<Group justify="space-between" align="flex-start" gap="sm">
				<Box maw={720}>
					{back !== undefined && (
						<Anchor component={Link} to={back.to} size="sm" c="dimmed" display="inline-flex" mb={4}>
							<IconChevronLeft size={14} aria-hidden style={{ alignSelf: "center" }} />
							{back.label}
						</Anchor>
					)}
					<Title order={1} ref={heading} tabIndex={-1}>
						{title}
					</Title>
					{description !== undefined && (
						<Text c="dimmed" size="sm" mt={4} textWrap="pretty">
							{description}
						</Text>
					)}
				</Box>
				{actions !== undefined && <Group gap="xs">{actions}</Group>}
			</Group>
			{children}
		</Stack>
	);
}
