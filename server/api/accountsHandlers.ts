import { changeStanding, deleteAccount, noAccount } from "../accounts/changeAccount.js";
import { type CreatedLink, createResetLink, linkAnswer } from "../accounts/createLink.js";
import type { Domain } from "../core/context.js";
import { Problem } from "../core/problem.js";
import { refuseUnlessEverything } from "../keys/keyRules.js";
import type { Handlers } from "./handler.js";
import { pageAnswer, pageRequest } from "./paging.js";
import { listedAccountAnswer } from "./serializeAccount.js";

type AccountsHandlers = Pick<
	Handlers,
	"accounts.list" | "accounts.change" | "accounts.reset" | "accounts.delete"
>;

/** What operators do with everybody's accounts. `linkTo`: what a path is called from outside. */
export function accountsHandlers(domain: Domain, linkTo: (path: string) => string): AccountsHandlers {
	const { accounts } = domain.store;
	const find = async (id: string) => (await accounts.findById(id)) ?? noAccount();
	return {
		"accounts.list": async (_context, { query }) => {
			const page = pageRequest(query);
			if (page instanceof Problem) return page;
			return pageAnswer(await accounts.list(page), listedAccountAnswer);
		},
		"accounts.change": async ({ author, granting }, { params, body }) => {
			const refusal =
				body.operator === true ? refuseUnlessEverything(granting, "Making an operator") : undefined;
			if (refusal !== undefined) return refusal;
			const account = await find(params.accountId);
			if (account instanceof Problem) return account;
			const changed = await changeStanding(domain, account, body, author);
			return changed instanceof Problem ? changed : listedAccountAnswer(changed);
		},
		"accounts.reset": async ({ author, granting, once }, { params }) => {
			const refusal = refuseUnlessEverything(granting, "A link for a new password");
			if (refusal !== undefined) return refusal;
			const account = await find(params.accountId);
			if (account instanceof Problem) return account;
			return once(
				(created: CreatedLink) => linkAnswer(created, linkTo),
				(keeping) => createResetLink(domain, account, author, keeping),
			);
		},
		"accounts.delete": async ({ author }, { params }) => {
			const account = await find(params.accountId);
			return account instanceof Problem ? account : deleteAccount(domain, account, author);
		},
	};
}
