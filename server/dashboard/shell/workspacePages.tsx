import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import {
	type Icon,
	IconChartBar,
	IconHistory,
	IconKey,
	IconMapPin,
	IconSettings,
	IconShieldX,
	IconUsers,
} from "@tabler/icons-react";
import type { ComponentType } from "react";

/** A page of a workspace, in navigation order. */
interface WorkspacePage {
	readonly path: string;
	/** Absent if the navigation does not list it. */
	readonly link?: { readonly label: string; readonly icon: Icon };
	readonly page: () => Promise<{ readonly Component: ComponentType }>;
}

export const workspacePages: readonly WorkspacePage[] = [
	{
		path: dashboardPaths.overview,
		link: { label: "Overview", icon: IconChartBar },
		page: async () => ({ Component: (await import("../pages/overview/OverviewPage.js")).OverviewPage }),
	},
	{
		path: dashboardPaths.places,
		link: { label: "Places", icon: IconMapPin },
		page: async () => ({ Component: (await import("../pages/places/PlacesPage.js")).PlacesPage }),
	},
	{
		path: dashboardPaths.keys,
		link: { label: "API keys", icon: IconKey },
		page: async () => ({ Component: (await import("../pages/keys/KeysPage.js")).KeysPage }),
	},
	{
		path: dashboardPaths.newKey,
		page: async () => ({ Component: (await import("../pages/keys/NewKeyPage.js")).NewKeyPage }),
	},
	{
		path: dashboardPaths.key,
		page: async () => ({ Component: (await import("../pages/keys/KeyPage.js")).KeyPage }),
	},
	{
		path: dashboardPaths.denials,
		link: { label: "Denied requests", icon: IconShieldX },
		page: async () => ({ Component: (await import("../pages/denials/DenialsPage.js")).DenialsPage }),
	},
	{
		path: dashboardPaths.audit,
		link: { label: "Audit log", icon: IconHistory },
		page: async () => ({ Component: (await import("../pages/audit/AuditPage.js")).AuditPage }),
	},
	{
		path: dashboardPaths.members,
		link: { label: "Members", icon: IconUsers },
		page: async () => ({ Component: (await import("../pages/members/MembersPage.js")).MembersPage }),
	},
	{
		path: dashboardPaths.settings,
		link: { label: "Settings", icon: IconSettings },
		page: async () => ({ Component: (await import("../pages/settings/SettingsPage.js")).SettingsPage }),
	},
];

/** The page a workspace opens on. */
export const firstPage = "overview";
