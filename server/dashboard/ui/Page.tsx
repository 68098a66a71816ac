import { Anchor, Box, Group, Stack, Text, Title } from "@mantine/core";
import { IconChevronLeft } from "@tabler/icons-react";
import { createContext, type ReactNode, useContext, useEffect, useRef } from "react";
import { Link, useLocation } from "react-router";

/** What the pages inside belong to, a workspace's name: part of the tab's title. */
const PageScopeContext = createContext<string | undefined>(undefined);

export const PageScope = PageScopeContext.Provider;

let previousPathname: string | undefined;

interface PageProps {
	readonly title: string;
	/** One sentence about the page. */
	readonly description?: ReactNode;
	/** The list it belongs to. */
	readonly back?: { readonly to: string; readonly label: string };
	/** Actions beside the title. */
	readonly actions?: ReactNode;
	readonly children: ReactNode;
}

/** A page inside the shell: title, tab title, actions and content. */
export function Page({ title, description, back, actions, children }: PageProps) {
	const scope = useContext(PageScopeContext);
	const heading = useRef<HTMLHeadingElement>(null);
	const { pathname } = useLocation();
	useEffect(() => {
		// Not on the first page, which the browser announces itself.
		if (previousPathname !== undefined && previousPathname !== pathname) heading.current?.focus();
		previousPathname = pathname;
	}, [pathname]);
	return (
		<Stack gap="lg">
			<title>{[title, scope, "Placelock"].filter((part) => part !== undefined).join(" · ")}</title>
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
