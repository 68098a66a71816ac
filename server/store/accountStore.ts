import type { AccountRecord } from "../model/account.js";
import type {
	AccountChangeObstacle,
	AccountCreationObstacle,
	AccountDeletionObstacle,
} from "../model/accountRules.js";
import type { Changes } from "../model/applyChanges.js";
import type { AuditEntry } from "../model/auditEntry.js";
import type { MemberRecord } from "../model/member.js";
import type { SessionRecord } from "../model/session.js";
import type { Page, PageRequest } from "./pages.js";

export interface AccountStore {
	/** The built-in operator exists from the first migration on. */
	findById(id: string): Promise<AccountRecord | undefined>;
	/** Ignores case. */
	findByName(name: string): Promise<AccountRecord | undefined>;
	/** Whether any account can sign in, that is, has a password. */
	anyoneCanSignIn(): Promise<boolean>;
	list(page: PageRequest): Promise<Page<AccountRecord>>;
	/**
	 * Creates an account with a one-time link, which is used up, together with
	 * the membership that the link grants and the first session. A `setup` link
	 * creates an account only while no account can sign in, even among concurrent
	 * attempts.
	 */
	create(
		account: AccountRecord,
		signUp: { readonly linkId: string; readonly member?: MemberRecord; readonly session: SessionRecord },
		audit: AuditEntry,
	): Promise<"created" | AccountCreationObstacle>;
	/**
	 * A new password ends the account's open reset links. `linkId`: a reset link,
	 * which the change uses up. `last_operator`: nobody could sign in as an
	 * operator any more.
	 */
	change(
		id: string,
		changes: Changes<Omit<AccountRecord, "id" | "createdAt">>,
		audit: AuditEntry,
		options?: { readonly linkId?: string; readonly sessions?: SessionReset },
	): Promise<AccountRecord | AccountChangeObstacle>;
	/**
	 * Deletes the account with its sessions, memberships, open reset links and
	 * admin keys. `last_owner`: of any workspace.
	 */
	delete(id: string, audit: AuditEntry): Promise<"deleted" | AccountDeletionObstacle>;
}

/** Ends the sessions of an account. */
export interface SessionReset {
	/** The session that stays; absent: none. */
	readonly keep?: string;
	/** A session to begin, which also sets the account's `lastSignInAt`. */
	readonly begin?: SessionRecord;
}
