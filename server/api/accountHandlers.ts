import { renameAccount, setPassword } from "../accounts/changeAccount.js";
import { openSessions } from "../accounts/sessions.js";
import type { SignIn } from "../accounts/signIn.js";
import { createAuditEntry, type Services } from "../core/context.js";
import { Problem } from "../core/problem.js";
import { isoTime } from "../primitives/timestamps.js";
import type { Handlers } from "./handler.js";
import { serializeAccount } from "./serializeAccount.js";

type AccountHandlers = Pick<
	Handlers,
	"account.get" | "account.change" | "account.change-password" | "sessions.list" | "sessions.end"
>;

/** A person's own account. */
export function accountHandlers(services: Services, signIn: SignIn): AccountHandlers {
	const { store, clock } = services;
	return {
		"account.get": ({ account }) => serializeAccount(account),
		"account.change": async ({ account, auditContext }, { body }) => {
			const changed = await renameAccount(services, account, body.name, auditContext);
			return changed instanceof Problem ? changed : serializeAccount(changed);
		},
		"account.change-password": async ({ account, auditContext, address, session }, { body }) => {
			// Counts as a sign-in attempt: otherwise anybody at a signed-in browser could guess here.
			const checked = await signIn.check(account.name, body.currentPassword, address);
			if (checked instanceof Problem) return checked;
			const changed = await setPassword(
				services,
				account,
				{ path: "newPassword", password: body.newPassword },
				"account.change-password",
				auditContext,
				{ sessions: { keep: session.record.id } },
			);
			return changed instanceof Problem ? changed : undefined;
		},
		"sessions.list": async ({ account, session }) => {
			const open = await openSessions(store, account.id, clock.now());
			const data = open.map(({ id, address, userAgent, createdAt, lastSeenAt, expiresAt }) => ({
				id,
				current: id === session.record.id,
				address,
				userAgent,
				createdAt: isoTime(createdAt),
				lastSeenAt: isoTime(lastSeenAt),
				expiresAt: isoTime(expiresAt),
			}));
			return { data };
		},
		"sessions.end": async ({ account, auditContext }, { params: { sessionId } }) => {
			const audit = createAuditEntry(auditContext, clock.now(), {
				action: "sessions.end",
				targetType: "session",
				targetId: sessionId,
			});
			const ended = await store.sessions.end(account.id, sessionId, audit);
			return ended ? undefined : new Problem("not_found", { detail: "You have no session with this id." });
		},
	};
}
