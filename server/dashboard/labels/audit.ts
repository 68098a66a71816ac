import type { auditRecord } from "@shared/endpoints/records.js";
import type { Infer } from "@shared/schema.js";

export type AuditEntry = Infer<typeof auditRecord>;

type Fields = Readonly<Record<string, unknown>>;

/** What was done, with `{target}` where the thing it was done to is named. */
type Words = string | ((entry: AuditEntry, before: Fields, after: Fields) => string);

interface Action {
	/** For the filter: "Key rotated". */
	readonly title: string;
	/** After the name of who did it: ofKey("rotated"). */
	readonly words: Words;
	/** Whether it is in the audit of a workspace; the others are in the instance's alone. */
	readonly inWorkspaces: boolean;
}

const inWorkspaces = (title: string, words: Words): Action => ({ title, words, inWorkspaces: true });
const onServer = (title: string, words: Words): Action => ({ title, words, inWorkspaces: false });

/** Admin keys belong to accounts, so their entries are in no workspace. */
const ofKey = (verb: string) => (entry: AuditEntry) =>
	`${verb} the ${entry.workspaceId === undefined ? "admin key" : "key"} {target}`;

/** Everything that is recorded, in the order of the filter. */
export const auditActions: { readonly [action: string]: Action } = {
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
		(_entry, _before, { role }) =>
			`made {target} ${role === "owner" || role === "admin" ? "an" : "a"} ${role}`,
	),
	"members.remove": inWorkspaces("Member removed", ({ actor, targetId }) =>
		actor.type === "account" && actor.id === targetId
			? "left the workspace"
			: "removed {target} from the workspace",
	),
	"invitations.create": inWorkspaces("Invitation created", (_entry, _before, { role, note }) =>
		typeof note === "string" ? `invited ${note} as ${role}` : `made an invitation for the role ${role}`,
	),
	"invitations.delete": inWorkspaces("Invitation taken back", "took back an invitation"),
	"invitations.accept": inWorkspaces("Invitation accepted", "accepted an invitation, with a new account"),
	"invitations.join": inWorkspaces("Workspace joined", "joined the workspace with an invitation"),
	"workspaces.create": inWorkspaces("Workspace created", "created the workspace {target}"),
	"workspaces.change": inWorkspaces("Workspace changed", (_entry, before, after) => {
		if (after.status === "suspended") return "suspended the workspace {target}";
		if (after.status === "active") return "resumed the workspace {target}";
		if (typeof before.name === "string") return `renamed the workspace ${before.name} to {target}`;
		return "changed the workspace {target}";
	}),
	"workspaces.delete": inWorkspaces("Workspace deleted", "deleted the workspace {target}"),
	"setup.link": onServer("Set-up link made", "made a link for setting up the first account"),
	"setup.create": onServer("Instance set up", "set up this instance, with the account {target}"),
	"session.create": onServer("Signed in", "signed in"),
	"session.end": onServer("Signed out", "signed out"),
	"sessions.end": onServer("Session ended", "ended a session of the own account"),
	"account.change": onServer("Own account changed", "changed the own account"),
	"account.change-password": onServer("Own password changed", "chose a new password"),
	"password-resets.use": onServer("Password reset", "chose a new password by a one-time link"),
	"accounts.change": onServer("Account changed", (_entry, before, after) => {
		if (after.disabledAt !== undefined) return "disabled the account {target}";
		if (before.disabledAt !== undefined) return "enabled the account {target}";
		if (after.operator === true) return "made {target} an operator";
		if (after.operator === false) return "took the operator's rights from {target}";
		return "changed the account {target}";
	}),
	"accounts.reset": onServer("Password link made", "made a link for {target} to choose a new password"),
	"accounts.delete": onServer("Account deleted", "deleted the account {target}"),
	"database.restore": onServer("Backup restored", "restored a backup of the database"),
};

/** What was done, cut where the target is named: what comes before it and after; no `after` where it is not named. */
export function auditSentence(entry: AuditEntry): { readonly before: string; readonly after?: string } {
	const words = auditActions[entry.action]?.words ?? `did ${entry.action} to {target}`;
	const text =
		typeof words === "string" ? words : words(entry, fieldsOf(entry.before), fieldsOf(entry.after));
	const [before = "", after] = text.split("{target}");
	return { before, after };
}

/** What changed, as a record of fields. */
export function fieldsOf(value: unknown): Fields {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
