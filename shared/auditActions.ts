/**
 * Everything that is recorded in the audit log. Most are named after the
 * endpoint that does them; `setup.link`, `keys.import` and `database.restore`
 * are done on the command line only.
 */
export const auditActions = [
	"keys.create",
	"keys.change",
	"keys.rotate",
	"keys.disable",
	"keys.enable",
	"keys.revoke",
	"keys.delete",
	"keys.import",
	"places.put",
	"places.change",
	"places.delete",
	"members.change",
	"members.remove",
	"invitations.create",
	"invitations.delete",
	"invitations.accept",
	"invitations.join",
	"workspaces.create",
	"workspaces.change",
	"workspaces.delete",
	"setup.link",
	"setup.create",
	"session.create",
	"session.end",
	"sessions.end",
	"account.change",
	"account.change-password",
	"password-resets.use",
	"accounts.change",
	"accounts.reset",
	"accounts.delete",
	"database.restore",
] as const;

export type AuditAction = (typeof auditActions)[number];

/** What a recorded change was made to. */
export const auditTargetTypes = [
	"workspace",
	"place",
	"key",
	"account",
	"member",
	"invitation",
	"session",
	"database",
] as const;

export type AuditTargetType = (typeof auditTargetTypes)[number];
