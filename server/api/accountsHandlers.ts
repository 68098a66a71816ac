import { deleteAccount, noAccount, setAccountAccess } from "../accounts/changeAccount.js";
import { type CreatedLink, createResetLink } from "../accounts/createLink.js";
import type { Services } from "../core/context.js";
import { Problem } from "../core/problem.js";
import { fullAccessEscalation } from "../keys/escalation.js";
import type { Handlers } from "./handler.js";
import { pageRequest, serializePage } from "./paging.js";
import { serializeListedAccount } from "./serializeAccount.js";
import { serializeLink } from "./serializeLink.js";

type AccountsHandlers = Pick<
	Handlers,
	"accounts.list" | "accounts.change" | "accounts.reset" | "accounts.delete"
>;

/** All accounts, for operators. `linkTo` turns a path into a public URL. */
export function accountsHandlers(services: Services, linkTo: (path: string) => string): AccountsHandlers {
	const { accounts } = services.store;
	const find = async (id: string) => (await accounts.findById(id)) ?? noAccount();
	return {
		"accounts.list": async (_context, { query }) => {
			const page = pageRequest(query);
			if (page instanceof Problem) return page;
			return serializePage(await accounts.list(page), serializeListedAccount);
		},
		"accounts.change": async ({ auditContext, actingKey }, { params, body }) => {
			// Enabling an operator's account gives access back, which needs what granting it needs.
			const grants = body.operator === true || body.disabled === false;
			const problem = grants ? fullAccessEscalation(actingKey, "Granting access") : undefined;
			if (problem !== undefined) return problem;
			const account = await find(params.accountId);
			if (account instanceof Problem) return account;
			const changed = await setAccountAccess(services, account, body, auditContext);
			return changed instanceof Problem ? changed : serializeListedAccount(changed);
		},
		"accounts.reset": async ({ auditContext, actingKey, runIdempotent }, { params }) => {
			const problem = fullAccessEscalation(actingKey, "A reset link");
			if (problem !== undefined) return problem;
			const account = await find(params.accountId);
			if (account instanceof Problem) return account;
			return runIdempotent(
				(created: CreatedLink) => serializeLink(created, linkTo),
				(idempotencyWrite) => createResetLink(services, account, auditContext, idempotencyWrite),
			);
		},
		"accounts.delete": async ({ auditContext }, { params }) => {
			const account = await find(params.accountId);
			return account instanceof Problem ? account : deleteAccount(services, account, auditContext);
		},
	};
}
