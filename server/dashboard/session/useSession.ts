import { getSession } from "@shared/endpoints/session.js";
import { type QueryClient, useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { useApi } from "../api/ApiContext.js";
import type { SignedIn } from "../api/client.js";
import { type ApiProblem, asProblem } from "../api/problem.js";

export type Account = SignedIn["account"];

const sessionKey = ["session"];

/** Whether this browser signed out, as opposed to its session ending. */
const signedOutKey = ["session", "signed out"];

/** The ID of the account whose data is cached. */
const ownerKey = ["session", "owner"];

/**
 * Sets data that no component observes. Unobserved data is discarded after some
 * minutes; this must stay as long as the page.
 */
function setPersistent(
	queryClient: QueryClient,
	key: typeof signedOutKey | typeof ownerKey,
	value: boolean | string | null,
): void {
	queryClient.setQueryDefaults(key, { gcTime: Number.POSITIVE_INFINITY });
	queryClient.setQueryData(key, value);
}

/** Undefined while unknown. Null if nobody is signed in. */
export function useSession() {
	const api = useApi();
	return useQuery<SignedIn | null, ApiProblem>({
		queryKey: sessionKey,
		queryFn: ({ signal }) =>
			api.call(getSession, {}, { signal }).catch((error: unknown) => {
				if (asProblem(error).code === "session_expired") return null;
				throw error;
			}),
		// Sessions also end elsewhere; the next denied request and returning to the page reveal that.
		staleTime: 60_000,
	});
}

const AccountContext = createContext<Account | undefined>(undefined);

export const AccountProvider = AccountContext.Provider;

/** The account whose page this is. Only below `RequireSession`, also while it has to sign in again. */
export function useAccount(): Account {
	const account = useContext(AccountContext);
	if (account === undefined) throw new TypeError("useAccount must be used inside RequireSession.");
	return account;
}

/** Stores the session. Returns whether it is a new one. */
export function storeSession(queryClient: QueryClient, session: SignedIn): boolean {
	const before = queryClient.getQueryData<SignedIn | null>(sessionKey);
	setPersistent(queryClient, signedOutKey, false);
	queryClient.setQueryData(sessionKey, session);
	return before?.sessionId !== session.sessionId;
}

/** The ID of the current session; undefined if there is none or it is unknown. */
export function sessionIdOf(queryClient: QueryClient): string | undefined {
	return queryClient.getQueryData<SignedIn | null>(sessionKey)?.sessionId;
}

/** Refetches the session: another tab has signed in. */
export function refetchSession(queryClient: QueryClient): void {
	void queryClient.invalidateQueries({ queryKey: sessionKey, exact: true });
}

/** Clears a session that ended here, and the cache with it. */
export function clearEndedSession(queryClient: QueryClient): void {
	markSignedOut(queryClient);
	clearSession(queryClient);
	clearCache(queryClient);
}

/** This browser is signing out, in this tab or another. */
export function markSignedOut(queryClient: QueryClient): void {
	setPersistent(queryClient, signedOutKey, true);
}

export function wasSignedOut(queryClient: QueryClient): boolean {
	return queryClient.getQueryData(signedOutKey) === true;
}

/** The session has ended. The cache stays, in case the same account signs in again. */
export function clearSession(queryClient: QueryClient): void {
	queryClient.setQueryData(sessionKey, null);
}

/** The cache now belongs to this account. Data of another one is cleared. */
export function claimCache(queryClient: QueryClient, { id }: Account): void {
	if (queryClient.getQueryData(ownerKey) !== id) clearCache(queryClient);
	setPersistent(queryClient, ownerKey, id);
}

/** Clears all cached data and mutations. */
export function clearCache(queryClient: QueryClient): void {
	setPersistent(queryClient, ownerKey, null);
	queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
	queryClient.getMutationCache().clear();
}

/** Refetches everything: requests were denied while nobody was signed in. */
export function refetchAll(queryClient: QueryClient): void {
	void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
}
