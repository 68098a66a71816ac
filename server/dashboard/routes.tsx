import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { createBrowserRouter, Navigate, type RouteObject } from "react-router";
import { EntryFrame } from "./pages/entry/EntryFrame.js";
import { HomePage } from "./pages/entry/HomePage.js";
import { RequireSession } from "./session/RequireSession.js";
import { Shell } from "./shell/Shell.js";
import { WorkspaceFrame } from "./shell/WorkspaceFrame.js";
import { firstPage, workspacePages } from "./shell/workspacePages.js";
import { BrokenPage } from "./ui/BrokenPage.js";
import { LeaveGuards } from "./ui/LeaveGuards.js";
import { LoadingPage } from "./ui/Loading.js";
import { NotFoundPage } from "./ui/NotFoundPage.js";

/** Each page is loaded on demand, as a chunk of its own. */
const routes: RouteObject[] = [
	{
		Component: LeaveGuards,
		errorElement: <BrokenPage />,
		HydrateFallback: LoadingPage,
		children: [
			{ path: dashboardPaths.home, Component: HomePage },
			{
				Component: EntryFrame,
				children: [
					{
						path: dashboardPaths.setup,
						lazy: async () => ({ Component: (await import("./pages/entry/SetupPage.js")).SetupPage }),
					},
					{
						path: dashboardPaths.signIn,
						lazy: async () => ({ Component: (await import("./pages/entry/SignInPage.js")).SignInPage }),
					},
					{
						path: dashboardPaths.invitation,
						lazy: async () => ({
							Component: (await import("./pages/entry/InvitationPage.js")).InvitationPage,
						}),
					},
					{
						path: dashboardPaths.reset,
						lazy: async () => ({ Component: (await import("./pages/entry/ResetPage.js")).ResetPage }),
					},
				],
			},
			{
				Component: RequireSession,
				children: [
					{
						Component: Shell,
						children: [
							{
								path: dashboardPaths.workspaces,
								lazy: async () => ({
									Component: (await import("./pages/workspaces/WorkspacesPage.js")).WorkspacesPage,
								}),
							},
							{
								path: dashboardPaths.serverAudit,
								lazy: async () => ({
									Component: (await import("./pages/audit/ServerAuditPage.js")).ServerAuditPage,
								}),
							},
							{
								path: dashboardPaths.workspace,
								Component: WorkspaceFrame,
								children: [
									{ index: true, element: <Navigate replace to={firstPage} /> },
									...workspacePages.map(({ path, page }) => ({ path, lazy: page })),
								],
							},
							{
								path: dashboardPaths.account,
								lazy: async () => ({
									Component: (await import("./pages/account/AccountPage.js")).AccountPage,
								}),
							},
							{
								path: dashboardPaths.accounts,
								lazy: async () => ({
									Component: (await import("./pages/accounts/AccountsPage.js")).AccountsPage,
								}),
							},
							{ path: "*", Component: NotFoundPage },
						],
					},
				],
			},
		],
	},
];

/** @param basePath The prefix of all page URLs. */
export function createPageRouter(basePath: string) {
	return createBrowserRouter(routes, { basename: basePath === "" ? "/" : basePath });
}
