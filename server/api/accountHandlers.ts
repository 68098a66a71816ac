import { renameAccount, setPassword } from "../accounts/changeAccount.js";
import { openSessions } from "../accounts/sessions.js";
import type { SignIn } from "../accounts/signIn.js";
import { auditOf, type Domain } from "../core/context.js";
import { Problem } from "../core/problem.js";
import { isoTime } from "../primitives/timestamps.js";
import type { Handlers } from "./handler.js";
import { accountAnswer } from "./serializeAccount.js";

type AccountHandlers = Pick<
	Handlers,
	"account.get" | "account.change" | "account.change-password" | "sessions.list" | "sessions.end"
>;

/** What people do with their own account. */
export function accountHandlers(domain: Domain, signIn: SignIn): AccountHandlers {
	const { store, clock } = domain;
	return {
		"account.get": ({ account }) => accountAnswer(account),
		"account.change": async ({ account, author }, { body }) => {
			const changed = await renameAccount(domain, account, body.name, author);
			return changed instanceof Problem ? changed : accountAnswer(changed);
		},
		"account.change-password": async ({ account, author, address, session }, { body }) => {
			// As an attempt to sign in: whoever finds a browser signed in could guess here otherwise.
			const checked = await signIn.check(account.name, body.currentPassword, address);
			if (checked instanceof Problem) return checked;
			const changed = await setPassword(
				domain,
				account,
				{ path: "newPassword", password: body.newPassword },
				"account.change-password",
				author,
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
		"sessions.end": async ({ account, author }, { params: { sessionId } }) => {
			const audit = auditOf(author, clock.now(), {
				action: "sessions.end",
				targetType: "session",
				targetId: sessionId,
			});
			const ended = await store.sessions.end(account.id, sessionId, audit);
			return ended ? undefined : new Problem("not_found", { detail: "You have no session with this id." });
		},
	};
}
