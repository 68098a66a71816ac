import type { AuditAction } from "@shared/auditActions.js";
import type { auditRecord } from "@shared/endpoints/records.js";
import type { Infer } from "@shared/schema.js";

export type AuditEntry = Infer<typeof auditRecord>;

type Fields = Readonly<Record<string, unknown>>;

/** What was done, with `{target}` in place of the record it was done to. */
type Sentence = string | ((entry: AuditEntry, before: Fields, after: Fields) => string);

interface Action {
	/** For the filter: "Key rotated". */
	readonly title: string;
	/** Follows the name of the actor: "rotated the key {target}". */
	readonly sentence: Sentence;
	/** Whether it appears in a workspace's audit log; the others only appear in the server's. */
	readonly inWorkspaces: boolean;
}

const inWorkspaces = (title: string, sentence: Sentence): Action => ({ title, sentence, inWorkspaces: true });
const onServer = (title: string, sentence: Sentence): Action => ({ title, sentence, inWorkspaces: false });

/** Admin keys belong to accounts, so their entries have no workspace. */
const ofKey = (verb: string) => (entry: AuditEntry) =>
	`${verb} the ${entry.workspaceId === undefined ? "admin key" : "key"} {target}`;

/** All recorded actions, in the order of the filter. */
export const auditActions: { readonly [A in AuditAction]: Action } = {
	"keys.create": inWorkspaces("Key created", ofKey("created")),
	"keys.change": inWorkspaces("Key changed", (entry, before, after) => {
		if (typeof before.name === "string" && after.name !== undefined) {
			return `renamed the key ${before.name} to {target}`;
		}
		return ofKey("changed")(entry);
	}),
	"keys.rotate": inWorkspaces("Key rotated", ofKey("rotated")),
	"keys.disable": inWorkspaces("Key disabled", ofKey("disabled")),
	"keys.enable": inWorkspaces("Key enabled", ofKey("enabled")),
	"keys.revoke": inWorkspaces("Key revoked", ofKey("revoked")),
	"keys.delete": inWorkspaces("Key deleted", ofKey("deleted")),
	"keys.import": inWorkspaces("Key imported", ofKey("imported")),
	"places.put": inWorkspaces("Place added", (_entry, before) =>
		Object.keys(before).length > 0 ? "changed {target}" : "added {target}",
	),
	"places.change": inWorkspaces("Place changed", (_entry, _before, { status, name }) => {
		if (status === "active") return "activated {target}";
		if (status === "inactive") return "deactivated {target}";
		return name === undefined ? "changed {target}" : "renamed {target}";
	}),
	"places.delete": inWorkspaces("Place removed", "removed {target}"),
	"members.change": inWorkspaces(
		"Role changed",
		(_entry, _before, { role }) => `changed {target}'s role to ${role}`,
	),
	"members.remove": inWorkspaces("Member removed", ({ actor, targetId }) =>
		actor.type === "account" && actor.id === targetId
			? "left the workspace"
			: "removed {target} from the workspace",
	),
	"invitations.create": inWorkspaces("Invitation created", (_entry, _before, { role, note }) =>
		typeof note === "string" ? `invited ${note} as ${role}` : `created an invitation for the role ${role}`,
	),
	"invitations.delete": inWorkspaces("Invitation revoked", "revoked an invitation"),
	"invitations.accept": inWorkspaces(
		"Invitation accepted (new account)",
		"joined the workspace with a new account",
	),
	"invitations.join": inWorkspaces("Invitation accepted", "joined the workspace"),
	"workspaces.create": inWorkspaces("Workspace created", "created the workspace {target}"),
	"workspaces.change": inWorkspaces("Workspace changed", (_entry, before, after) => {
		if (after.status === "suspended") return "suspended the workspace {target}";
		if (after.status === "active") return "resumed the workspace {target}";
		if (typeof before.name === "string") return `renamed the workspace ${before.name} to {target}`;
		return "changed the workspace {target}";
	}),
	"workspaces.delete": inWorkspaces("Workspace deleted", "deleted the workspace {target}"),
	"setup.link": onServer("Setup link created", "created a setup link"),
	"setup.create": onServer("Server set up", "set up this server with the account {target}"),
	"session.create": onServer("Signed in", "signed in"),
	"session.end": onServer("Signed out", "signed out"),
	"sessions.end": onServer("Session ended", "ended one of their sessions"),
	"account.change": onServer("Username changed", "changed their username"),
	"account.change-password": onServer("Password changed", "changed their password"),
	"password-resets.use": onServer("Password reset", "reset their password with a link"),
	"accounts.change": onServer("Account changed", (_entry, before, after) => {
		if (after.disabledAt !== undefined) return "disabled the account {target}";
		if (before.disabledAt !== undefined) return "enabled the account {target}";
		if (after.operator === true) return "made {target} an operator";
		if (after.operator === false) return "removed {target} as operator";
		return "changed the account {target}";
	}),
	"accounts.reset": onServer("Reset link created", "created a password reset link for {target}"),
	"accounts.delete": onServer("Account deleted", "deleted the account {target}"),
	"database.restore": onServer("Backup restored", "restored a backup of the database"),
};

/** The sentence split around the target's name; no `after` if it does not name the target. */
export function auditSentence(entry: AuditEntry): { readonly before: string; readonly after?: string } {
	const sentence = auditActions[entry.action]?.sentence ?? `performed ${entry.action} on {target}`;
	const text =
		typeof sentence === "string" ? sentence : sentence(entry, fieldsOf(entry.before), fieldsOf(entry.after));
	const [before = "", after] = text.split("{target}");
	return { before, after };
}

/** The changed fields, as a record. */
export function fieldsOf(value: unknown): Fields {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
