import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { AppShell, Burger, Group, NavLink, ScrollArea, Stack } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { IconApi, IconHistory, IconLayoutGrid } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { generatePath, Link, Outlet, ScrollRestoration, useLocation, useParams } from "react-router";
import { basePath } from "../basePath.js";
import { useAccount } from "../session/useSession.js";
import { ConfirmProvider } from "../ui/Confirm.js";
import { Wordmark } from "../ui/Wordmark.js";
import { AccountMenu } from "./AccountMenu.js";
import { ColourSchemeSwitch } from "./ColourSchemeSwitch.js";
import classes from "./Shell.module.css";
import { WorkspaceSwitcher } from "./WorkspaceSwitcher.js";
import { workspacePages } from "./workspacePages.js";

/** Below this width (Mantine's breakpoint `sm`) the navigation covers the page. */
const phone = "(max-width: 47.99em)";

/** The frame around every page of a signed-in user: navigation and account menu. */
export function Shell() {
	const [open, menu] = useDisclosure(false);
	const { pathname } = useLocation();
	const { workspaceId } = useParams();
	// biome-ignore lint/correctness/useExhaustiveDependencies: navigating closes a phone's menu
	useEffect(() => menu.close(), [pathname]);
	const isPhone = useMediaQuery(phone, false, { getInitialValueInEffect: false });
	const burger = useRef<HTMLButtonElement>(null);
	const side = useRef<HTMLDivElement>(null);
	const covers = isPhone && open;
	useEffect(() => {
		if (covers) side.current?.querySelector<HTMLElement>("button:not(:disabled)")?.focus();
	}, [covers]);
	const closeByEscape = (event: KeyboardEvent<HTMLElement>) => {
		// Escape in a menu opened from here belongs to that menu: it bubbles up too.
		if (event.key !== "Escape" || !covers || !event.currentTarget.contains(event.target as Node)) return;
		menu.close();
		burger.current?.focus();
	};
	return (
		<AppShell
			header={{ height: { base: 52, sm: 0 } }}
			navbar={{ width: 248, breakpoint: "sm", collapsed: { mobile: !open } }}
			padding={{ base: "md", sm: "xl" }}
		>
			<a className="skip-link" href="#content">
				Skip to content
			</a>
			<AppShell.Header hiddenFrom="sm" className={classes.header}>
				<Burger
					ref={burger}
					opened={open}
					onClick={menu.toggle}
					onKeyDown={closeByEscape}
					size="sm"
					aria-label="Menu"
					aria-expanded={open}
				/>
				<Wordmark />
			</AppShell.Header>
			<AppShell.Navbar ref={side} className={classes.side} inert={isPhone && !open} onKeyDown={closeByEscape}>
				<Stack gap="sm" p="sm" visibleFrom="sm" pb={0}>
					<Link to={dashboardPaths.workspaces} className={classes.home}>
						<Wordmark />
					</Link>
				</Stack>
				<Stack p="sm" pb={0}>
					<WorkspaceSwitcher />
				</Stack>
				<AppShell.Section grow component={ScrollArea} p="sm">
					{workspaceId === undefined ? (
						<ServerLinks pathname={pathname} />
					) : (
						<WorkspaceLinks workspaceId={workspaceId} pathname={pathname} />
					)}
				</AppShell.Section>
				<AppShell.Section className={classes.foot}>
					<NavLink
						href={`${basePath}/docs`}
						label="API documentation"
						leftSection={<IconApi size={18} aria-hidden />}
						className={classes.link}
					/>
					<Group gap={4} wrap="nowrap">
						<AccountMenu />
						<ColourSchemeSwitch />
					</Group>
				</AppShell.Section>
			</AppShell.Navbar>
			<AppShell.Main id="content" tabIndex={-1} className={classes.main} inert={covers}>
				<div className={classes.page}>
					{/* Inside the page, so that a session that ends closes the question too. */}
					<ConfirmProvider>
						<Outlet />
					</ConfirmProvider>
				</div>
			</AppShell.Main>
			<ScrollRestoration />
		</AppShell>
	);
}

/** Pages outside of a workspace. */
const serverPages = [
	{ path: dashboardPaths.workspaces, label: "Workspaces", icon: IconLayoutGrid, forOperators: false },
	{ path: dashboardPaths.serverAudit, label: "Audit log", icon: IconHistory, forOperators: true },
] as const;

function ServerLinks({ pathname }: { readonly pathname: string }) {
	const { operator } = useAccount();
	return serverPages
		.filter(({ forOperators }) => operator || !forOperators)
		.map(({ path, label, icon: IconComponent }) => (
			<NavLink
				key={path}
				component={Link}
				to={path}
				active={pathname === path}
				aria-current={pathname === path ? "page" : undefined}
				label={label}
				leftSection={<IconComponent size={18} aria-hidden />}
				className={classes.link}
			/>
		));
}

function WorkspaceLinks({
	workspaceId,
	pathname,
}: {
	readonly workspaceId: string;
	readonly pathname: string;
}) {
	return workspacePages.map(({ path, link }) => {
		if (link === undefined) return null;
		const to = generatePath(path, { workspaceId });
		const active = pathname === to || pathname.startsWith(`${to}/`);
		return (
			<NavLink
				key={path}
				component={Link}
				to={to}
				active={active}
				aria-current={active ? "page" : undefined}
				label={link.label}
				leftSection={<link.icon size={18} aria-hidden />}
				className={classes.link}
			/>
		);
	});
}
