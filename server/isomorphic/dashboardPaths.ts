/**
 * The paths of the dashboard, in the notation that Express and the dashboard's
 * router share. The server responds to each with the same page, which decides
 * what to show.
 */
export const dashboardPaths = {
	home: "/",
	setup: "/setup",
	signIn: "/sign-in",
	invitation: "/invitation",
	reset: "/reset",
	workspaces: "/workspaces",
	workspace: "/workspaces/:workspaceId",
	overview: "/workspaces/:workspaceId/overview",
	places: "/workspaces/:workspaceId/places",
	keys: "/workspaces/:workspaceId/keys",
	newKey: "/workspaces/:workspaceId/keys/new",
	key: "/workspaces/:workspaceId/keys/:keyId",
	denials: "/workspaces/:workspaceId/denials",
	audit: "/workspaces/:workspaceId/audit",
	members: "/workspaces/:workspaceId/members",
	settings: "/workspaces/:workspaceId/settings",
	account: "/account",
	accounts: "/accounts",
	serverAudit: "/audit",
} as const;
