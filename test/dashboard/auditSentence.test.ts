import { type AuditEntry, auditActions, auditSentence } from "../../server/dashboard/labels/audit.js";
import { endpoints } from "../../shared/endpoints/index.js";

const entry = (action: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
	id: "1",
	at: "2026-11-21T10:00:00.000Z",
	actor: { type: "account", id: "acc_1", name: "Kim" },
	action: action as AuditEntry["action"],
	workspaceId: "ws_1",
	targetType: "key",
	targetId: "k1",
	...more,
});
const said = (action: string, more: Partial<AuditEntry> = {}) => {
	const { before, after } = auditSentence(entry(action, more));
	return after === undefined ? before : `${before}X${after}`;
};

describe("the sentences of the audit log", () => {
	it.each([
		["keys.rotate", {}, "rotated the key X"],
		["keys.create", { workspaceId: undefined }, "created the admin key X"],
		["keys.change", { before: { name: "Old" }, after: { name: "New" } }, "renamed the key Old to X"],
		["keys.change", { before: {}, after: { expiresAt: "2027" } }, "changed the key X"],
		["places.put", { after: { name: "Lobby" } }, "added X"],
		["places.change", { before: { status: "active" }, after: { status: "inactive" } }, "deactivated X"],
		["members.change", { before: { role: "viewer" }, after: { role: "admin" } }, "changed X's role to admin"],
		["members.remove", { targetId: "acc_1" }, "left the workspace"],
		["members.remove", { targetId: "acc_2" }, "removed X from the workspace"],
		["workspaces.change", { after: { status: "suspended" } }, "suspended the workspace X"],
		["accounts.change", { before: { disabledAt: "2026" }, after: {} }, "enabled the account X"],
		["something.new", {}, "performed something.new on X"],
	])("describe %s %j", (action, more, sentence) => {
		expect(said(action, more as Partial<AuditEntry>)).toBe(sentence);
	});

	it("cover everything the API can change", () => {
		const all = Object.values(endpoints);
		const changing = all.filter(({ method, name }) => method !== "GET" && !unrecorded.test(name));
		const without = changing.map(({ name }) => name).filter((name) => !(name in auditActions));
		expect(without).toEqual([]);
	});
});

/** What changes nothing; and admin keys, which are recorded like other keys. */
const unrecorded = /^(verify|keys\.introspect|account-keys\..*|.*\.show)$/;
