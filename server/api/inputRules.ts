import type { EndpointInput } from "../../shared/endpoint.js";
import type { Endpoints } from "../../shared/endpoints/index.js";
import { accountNameProblems } from "../accounts/accountName.js";
import { passwordProblems } from "../accounts/password.js";
import { auditTimeProblems } from "../audit/auditTimes.js";
import { freeTextProblems, nameProblems } from "../core/names.js";
import { type FieldProblem, fieldsOf } from "../core/problem.js";
import { keyFilter } from "../keys/keyFilter.js";
import { keyFieldProblems } from "../keys/keyRules.js";
import type { KeyKind } from "../model/key.js";
import type { Clock } from "../primitives/clock.js";
import { usageRange } from "../usage/usageReport.js";
import { introspectionAddressProblems } from "./introspect.js";
import { pageRequest } from "./paging.js";

/** Problems of an endpoint's input beyond its shapes that its fields alone reveal. Any field may be missing. */
export type InputRule<Q, B> = (input: {
	readonly query: Partial<Q>;
	readonly body: Partial<B>;
}) => readonly FieldProblem[];

export type InputRules = {
	readonly [N in keyof Endpoints]?: InputRule<
		EndpointInput<Endpoints[N]>["query"],
		EndpointInput<Endpoints[N]>["body"]
	>;
};

/**
 * The rules beyond shapes, by the endpoint's name. The features apply the same
 * rules when they make the change. These run when a shape is invalid and the
 * feature is never called, so that one response lists every problem.
 *
 * See docs/decisions/0053-rules-reported-with-shapes.md
 */
export function createInputRules(clock: Clock): InputRules {
	const name = ({ body }: { readonly body: { readonly name?: string | null } }) => nameProblems(body.name);
	const page = ({ query }: { readonly query: { readonly cursor?: string } }) => fieldsOf(pageRequest(query));
	const account = ({ body }: { readonly body: { readonly name?: string } }) =>
		body.name === undefined ? [] : accountNameProblems(body.name);
	const password = (path: string, given: string | undefined, accountName = "") =>
		given === undefined ? [] : passwordProblems(path, given, accountName);
	const newAccount = ({
		body,
	}: {
		readonly body: { readonly name?: string; readonly password?: string };
	}) => [...account({ body }), ...password("password", body.password, body.name)];
	const times = ({ query }: { readonly query: { readonly from?: string; readonly to?: string } }) =>
		auditTimeProblems(query);
	const pageOfTimes = (input: Parameters<typeof page>[0] & Parameters<typeof times>[0]) => [
		...page(input),
		...times(input),
	];
	/** Without a kind the rules for a game key apply, which can have every field. */
	const key = (
		kind: KeyKind = "game",
		{ expiresAt, ...fields }: Omit<Parameters<typeof keyFieldProblems>[1], "expiresAt"> & KeyExpiry,
	) => {
		const at = typeof expiresAt === "string" ? Date.parse(expiresAt) : undefined;
		return keyFieldProblems(kind, { ...fields, expiresAt: at }, clock.now());
	};

	return {
		"setup.create": newAccount,
		"invitations.accept": newAccount,
		"password-resets.use": ({ body }) => password("password", body.password),
		"account.change-password": ({ body }) => password("newPassword", body.newPassword),
		"account.change": account,
		"account-keys.list": page,
		"account-keys.create": ({ body }) => key("admin", body),
		"accounts.list": page,
		"invitations.create": ({ body }) => freeTextProblems("note", body.note),
		"members.list": page,
		"workspaces.create": name,
		"workspaces.list": page,
		"workspaces.change": name,
		"places.list": page,
		"places.put": name,
		"places.change": name,
		"keys.create": ({ body }) => key(body.kind, body),
		"keys.list": ({ query }) => [...page({ query }), ...fieldsOf(keyFilter(query, clock.now()))],
		"keys.change": ({ body }) => key(undefined, body),
		"keys.introspect": ({ body }) => introspectionAddressProblems(body.address),
		"audit.list": pageOfTimes,
		"audit.export": times,
		"instance-audit.list": pageOfTimes,
		"instance-audit.export": times,
		"denials.list": page,
		// `from` is checked against `to`, which is missing here when it is invalid.
		"usage.get": ({ query }) => (query.to === undefined ? [] : fieldsOf(usageRange(query, clock.now()))),
	};
}

interface KeyExpiry {
	readonly expiresAt?: string | null;
}
