import type { EndpointOutput } from "../../shared/endpoint.js";
import type { changeAnyAccount } from "../../shared/endpoints/accounts.js";
import type { accountRecord, memberRecord, signedIn } from "../../shared/endpoints/records.js";
import type { Infer } from "../../shared/schema.js";
import type { SignedIn } from "../accounts/createAccount.js";
import { csrfTokenOf } from "../accounts/sessions.js";
import type { AccountRecord } from "../model/account.js";
import type { MemberRecord } from "../model/member.js";
import type { OneTimeLinkRecord } from "../model/oneTimeLink.js";
import { isoTime, optionalIsoTime } from "../primitives/timestamps.js";
import type { AccountStore } from "../store/store.js";

export type ListedAccount = EndpointOutput<typeof changeAnyAccount>;
export type MemberResponse = Infer<typeof memberRecord>;

/** An account as the API returns it, without its password hash. */
export function serializeAccount({
	id,
	name,
	operator,
	createdAt,
}: AccountRecord): Infer<typeof accountRecord> {
	return { id, name, operator, createdAt: isoTime(createdAt) };
}

/** An account as operators see it. */
export function serializeListedAccount(account: AccountRecord): ListedAccount {
	return {
		...serializeAccount(account),
		disabled: account.disabledAt !== undefined,
		signsIn: account.passwordHash !== undefined,
		lastSignInAt: optionalIsoTime(account.lastSignInAt),
	};
}

export function serializeSignedIn({ account, session }: SignedIn): Infer<typeof signedIn> {
	return {
		account: serializeAccount(account),
		sessionId: session.record.id,
		csrfToken: csrfTokenOf(session.token),
		expiresAt: isoTime(session.record.expiresAt),
	};
}

/** A member, with the account's current name. */
export async function serializeMember(
	accounts: Pick<AccountStore, "findById">,
	{ accountId, role, createdAt }: MemberRecord,
): Promise<MemberResponse> {
	const name = (await accounts.findById(accountId))?.name ?? "";
	return { accountId, name, role, createdAt: isoTime(createdAt) };
}

/** An invitation without its link, which is shown only once. */
export function serializeInvitation({ id, role = "viewer", note, createdAt, expiresAt }: OneTimeLinkRecord) {
	return { id, role, note, createdAt: isoTime(createdAt), expiresAt: isoTime(expiresAt) };
}
