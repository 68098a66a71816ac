import { type QueryClient, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { getSession } from "../../../shared/endpoints/session.js";
import { useApi } from "../api/ApiContext.js";
import type { SignedIn } from "../api/client.js";
import { type ApiProblem, asProblem } from "../api/problem.js";

const sessionKey = ["session"];

/** Whether the session was ended here, on purpose. */
const signedOutKey = ["session", "signed out"];

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

/**
 * The account that is signed in. Only below `SignedInOnly`, which can be drawn
 * once more between the end of a session and leaving: then still with its account.
 */
export function useAccount(): SignedIn["account"] {
	const { data } = useSession();
	const latest = useRef<SignedIn["account"]>(undefined);
	if (data != null) latest.current = data.account;
	if (latest.current === undefined) throw new TypeError("Nobody is signed in here.");
	return latest.current;
}

/** Remembers who is signed in; what an account before was shown is forgotten. */
export function rememberSession(answers: QueryClient, session: SignedIn): void {
	const before = answers.getQueryData<SignedIn | null>(sessionKey);
	if (before != null && before.account.id !== session.account.id) forgetAnswers(answers);
	answers.setQueryData(signedOutKey, false);
	answers.setQueryData(sessionKey, session);
}

/** Forgets a session that was ended here: whoever signs in next begins at the beginning. */
export function forgetEndedSession(answers: QueryClient): void {
	answers.setQueryData(signedOutKey, true);
	forgetSession(answers);
}

export function signedOutHere(answers: QueryClient): boolean {
	return answers.getQueryData(signedOutKey) === true;
}

export function forgetSession(answers: QueryClient): void {
	const before = answers.getQueryData<SignedIn | null>(sessionKey);
	if (before === null) return;
	// Only what an account was shown: a page for everybody may be waiting for an answer of its own.
	if (before !== undefined) forgetAnswers(answers);
	answers.setQueryData(sessionKey, null);
}

function forgetAnswers(answers: QueryClient): void {
	answers.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
}
