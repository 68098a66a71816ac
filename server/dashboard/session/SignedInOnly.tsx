import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Container } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Navigate, Outlet, useLocation, useNavigate } from "react-router";
import { ErrorState } from "../ui/ErrorState.js";
import { useSecretHeld, useWithdraw } from "../ui/LeaveGuards.js";
import { LoadingPage } from "../ui/Loading.js";
import { SessionEnded } from "./SessionEnded.js";
import {
	type Account,
	AccountProvider,
	forgetAnswers,
	keepAnswersOf,
	signedOutHere,
	useSession,
} from "./useSession.js";

/**
 * Shows what is inside to whoever is signed in; everybody else signs in first,
 * and comes back to where they were. When a session ends under an open page,
 * the page stays, with the question to sign in again over it.
 */
export function SignedInOnly() {
	const { data: session, error, refetch } = useSession();
	const { pathname, search } = useLocation();
	const answers = useQueryClient();
	const secretHeld = useSecretHeld();
	const [shown, setShown] = useState<Account>();
	const signedIn = session?.account;
	const withdraw = useWithdraw();
	const sessionId = session?.sessionId;
	// biome-ignore lint/correctness/useExhaustiveDependencies: what is asked is asked of who is signed in then
	useEffect(() => withdraw, [withdraw, sessionId]);
	const isOther = signedIn !== undefined && signedIn.id !== shown?.id;
	if (isOther && (shown === undefined || !secretHeld)) {
		return <Begin account={signedIn} isAnew={shown !== undefined} onBegun={setShown} />;
	}
	if (shown !== undefined) {
		// What was typed here goes with the account; what cannot be shown again stays.
		if (session === null && signedOutHere(answers) && !secretHeld) return <Leave />;
		return (
			<AccountProvider value={isOther || signedIn === undefined ? shown : signedIn}>
				<KeepName of={signedIn} shown={shown} onChange={setShown} />
				<Outlet key={shown.id} />
				<SessionEnded account={shown} other={isOther ? signedIn : undefined} ended={signedIn === undefined} />
			</AccountProvider>
		);
	}
	if (session === null) {
		if (signedOutHere(answers)) return <Navigate replace to={dashboardPaths.signIn} />;
		const query = new URLSearchParams({ next: pathname + search });
		return <Navigate replace to={`${dashboardPaths.signIn}?${query}`} />;
	}
	if (error !== null) {
		return (
			<Container size="xs" py="xl">
				<ErrorState problem={error} tryAgain={refetch} />
			</Container>
		);
	}
	return <LoadingPage />;
}

interface BeginProps {
	readonly account: Account;
	/** Whether another account's page was on the screen until now. */
	readonly isAnew: boolean;
	readonly onBegun: (account: Account) => void;
}

/** Stands for a moment where an account's pages will be: nothing of another account's is left for them. */
function Begin({ account, isAnew, onBegun }: BeginProps) {
	const answers = useQueryClient();
	const navigate = useNavigate();
	useEffect(() => {
		keepAnswersOf(answers, account);
		onBegun(account);
		if (!isAnew) return;
		void navigate(dashboardPaths.workspaces, { replace: true });
		notifications.show({ message: `This browser is signed in as ${account.name} now.` });
	}, [answers, account, isAnew, onBegun, navigate]);
	return <LoadingPage />;
}

/** The session was ended in another tab. */
function Leave() {
	const answers = useQueryClient();
	useEffect(() => forgetAnswers(answers), [answers]);
	return <Navigate replace to={dashboardPaths.signIn} />;
}

/** Remembers what the account is called by now, for when it has to sign in again. */
function KeepName({
	of,
	shown,
	onChange,
}: {
	readonly of: Account | undefined;
	readonly shown: Account;
	readonly onChange: (account: Account) => void;
}) {
	useEffect(() => {
		if (of !== undefined && of.id === shown.id && of !== shown) onChange(of);
	}, [of, shown, onChange]);
	return null;
}
