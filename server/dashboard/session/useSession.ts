import { getSession } from "@shared/endpoints/session.js";
import { type QueryClient, useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { useApi } from "../api/ApiContext.js";
import type { SignedIn } from "../api/client.js";
import { type ApiProblem, asProblem } from "../api/problem.js";

export type Account = SignedIn["account"];

const sessionKey = ["session"];

/** Whether the session was ended in this browser, on purpose. */
const signedOutKey = ["session", "signed out"];

/** The id of the account that was given the answers which are kept. */
const ownerKey = ["session", "owner"];

/**
 * Keeps what nothing on a page looks at, as long as the page is open: answers
 * that nobody looks at go after some minutes, and this must not.
 */
function keep(
	queryClient: QueryClient,
	key: typeof signedOutKey | typeof ownerKey,
	value: boolean | string | null,
): void {
	queryClient.setQueryDefaults(key, { gcTime: Number.POSITIVE_INFINITY });
	queryClient.setQueryData(key, value);
}

/** Undefined: not known yet. Null: nobody is signed in. */
export function useSession() {
	const api = useApi();
	return useQuery<SignedIn | null, ApiProblem>({
		queryKey: sessionKey,
		queryFn: ({ signal }) =>
			api.call(getSession, {}, { signal }).catch((error: unknown) => {
				if (asProblem(error).code === "session_expired") return null;
				throw error;
			}),
		// Sessions end elsewhere too; every refused call says so at once, and coming back to the page asks.
		staleTime: 60_000,
	});
}

const AccountContext = createContext<Account | undefined>(undefined);

export const AccountProvider = AccountContext.Provider;

/** The account whose page this is. Only below `RequireSession`; there also while it has to sign in again. */
export function useAccount(): Account {
	const account = useContext(AccountContext);
	if (account === undefined) throw new TypeError("Nobody is signed in here.");
	return account;
}

/** Remembers who is signed in. Returns whether that is another session than before. */
export function storeSession(queryClient: QueryClient, session: SignedIn): boolean {
	const before = queryClient.getQueryData<SignedIn | null>(sessionKey);
	keep(queryClient, signedOutKey, false);
	queryClient.setQueryData(sessionKey, session);
	return before?.sessionId !== session.sessionId;
}

/** Which session the page has; undefined: none, or not known yet. */
export function sessionIdOf(queryClient: QueryClient): string | undefined {
	return queryClient.getQueryData<SignedIn | null>(sessionKey)?.sessionId;
}

/** Finds out anew who is signed in: another tab has signed in. */
export function refetchSession(queryClient: QueryClient): void {
	void queryClient.invalidateQueries({ queryKey: sessionKey, exact: true });
}

/** Forgets a session that was ended here: whoever signs in next begins at the beginning. */
export function clearEndedSession(queryClient: QueryClient): void {
	markSignedOut(queryClient);
	clearSession(queryClient);
	clearCache(queryClient);
}

/** The session is being ended in this browser, here or in another tab: it is no accident that it is over. */
export function markSignedOut(queryClient: QueryClient): void {
	keep(queryClient, signedOutKey, true);
}

export function wasSignedOut(queryClient: QueryClient): boolean {
	return queryClient.getQueryData(signedOutKey) === true;
}

/** The session is over. What its account was shown is kept, for when it signs in again. */
export function clearSession(queryClient: QueryClient): void {
	queryClient.setQueryData(sessionKey, null);
}

/** From now on answers are this account's. Those of another one are forgotten. */
export function claimCache(queryClient: QueryClient, { id }: Account): void {
	if (queryClient.getQueryData(ownerKey) !== id) clearCache(queryClient);
	keep(queryClient, ownerKey, id);
}

/** Forgets what an account was shown, and what it sent. */
export function clearCache(queryClient: QueryClient): void {
	keep(queryClient, ownerKey, null);
	queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
	queryClient.getMutationCache().clear();
}

/** Asks again for all that is on the screen: it was refused while nobody was signed in. */
export function refetchAll(queryClient: QueryClient): void {
	void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
}
