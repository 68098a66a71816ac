import { noAccount, setPassword } from "../accounts/changeAccount.js";
import { createAccount, type SignedIn } from "../accounts/createAccount.js";
import { findLink } from "../accounts/findLink.js";
import { newSession } from "../accounts/sessions.js";
import type { SignIn } from "../accounts/signIn.js";
import { type AuditContext, createAuditEntry, type Services } from "../core/context.js";
import { Problem } from "../core/problem.js";
import { isoTime } from "../primitives/timestamps.js";
import type { Handlers } from "./handler.js";
import { SessionChange } from "./results.js";
import { serializeSignedIn } from "./serializeAccount.js";

type SessionHandlers = Pick<
	Handlers,
	| "setup.get"
	| "setup.create"
	| "session.create"
	| "session.get"
	| "session.end"
	| "password-resets.show"
	| "password-resets.use"
>;

/** Setup, signing in and out, and reset links. */
export function sessionHandlers(services: Services, signIn: SignIn): SessionHandlers {
	const { store, clock } = services;

	async function resetLink(code: string) {
		const link = await findLink(services, "reset", code);
		if (link instanceof Problem) return link;
		const account = await store.accounts.findById(link.accountId ?? "");
		if (account === undefined || account.disabledAt !== undefined) return new Problem("link_invalid");
		return { link, account };
	}

	return {
		"setup.get": async () => ({ needed: !(await store.accounts.anyoneCanSignIn()) }),
		"setup.create": async (visitor, { body: { code, ...input } }) => {
			const link = await findLink(services, "setup", code);
			if (link instanceof Problem) return link;
			return sessionResponse(await createAccount(services, link, input, visitor));
		},
		"session.create": async (visitor, { body: { name, password } }) => {
			const account = await signIn.check(name, password, visitor.address);
			if (account instanceof Problem) return account;
			const now = clock.now();
			const session = newSession(account.id, visitor, now);
			const auditContext: AuditContext = {
				actor: { type: "account", id: account.id },
				address: visitor.address,
			};
			const audit = createAuditEntry(auditContext, now, {
				action: "session.create",
				targetType: "session",
				targetId: session.record.id,
			});
			const began = await store.sessions.begin(session.record, audit, account.passwordHash);
			// The account was disabled or got another password during the check.
			return began ? sessionResponse({ account, session }) : new Problem("sign_in_failed");
		},
		"session.get": ({ account, session }) => serializeSignedIn({ account, session }),
		"session.end": async ({ account, auditContext, session }) => {
			const { id } = session.record;
			const audit = createAuditEntry(auditContext, clock.now(), {
				action: "session.end",
				targetType: "session",
				targetId: id,
			});
			await store.sessions.end(account.id, id, audit);
			return new SessionChange(undefined, undefined);
		},
		"password-resets.show": async (_visitor, { body }) => {
			const found = await resetLink(body.code);
			if (found instanceof Problem) return found;
			return { name: found.account.name, expiresAt: isoTime(found.link.expiresAt) };
		},
		"password-resets.use": async (visitor, { body: { code, password } }) => {
			const found = await resetLink(code);
			if (found instanceof Problem) return found;
			const { link, account } = found;
			const session = newSession(account.id, visitor, clock.now());
			const auditContext: AuditContext = {
				actor: { type: "account", id: account.id },
				address: visitor.address,
			};
			const changed = await setPassword(
				services,
				account,
				{ path: "password", password },
				"password-resets.use",
				auditContext,
				{ linkId: link.id, sessions: { begin: session.record } },
			);
			if (changed instanceof Problem)
				return changed.code === noAccount().code ? new Problem("link_invalid") : changed;
			return sessionResponse({ account: changed, session });
		},
	};
}

/** The response that starts a session. The session's token is only in its cookie. */
export function sessionResponse(signedIn: SignedIn | Problem) {
	if (signedIn instanceof Problem) return signedIn;
	return new SessionChange(serializeSignedIn(signedIn), signedIn.session.token);
}
