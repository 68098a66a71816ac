import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Container } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Navigate, Outlet, useLocation, useNavigate } from "react-router";
import { ErrorState } from "../ui/ErrorState.js";
import { useDismissLeaveQuestion, useHasUncopiedSecret } from "../ui/LeaveGuards.js";
import { LoadingPage } from "../ui/Loading.js";
import { SessionEndedDialog } from "./SessionEndedDialog.js";
import {
	type Account,
	AccountProvider,
	claimCache,
	clearCache,
	useSession,
	wasSignedOut,
} from "./useSession.js";

/**
 * Shows what is inside to whoever is signed in; everybody else signs in first,
 * and comes back to where they were. When a session ends under an open page,
 * the page stays, with the question to sign in again over it.
 */
export function RequireSession() {
	const { data: session, error, refetch } = useSession();
	const { pathname, search } = useLocation();
	const queryClient = useQueryClient();
	const hasUncopiedSecret = useHasUncopiedSecret();
	const [shown, setShown] = useState<Account>();
	const signedIn = session?.account;
	const dismissQuestion = useDismissLeaveQuestion();
	const sessionId = session?.sessionId;
	// biome-ignore lint/correctness/useExhaustiveDependencies: what is asked is asked of who is signed in then
	useEffect(() => dismissQuestion, [dismissQuestion, sessionId]);
	const isOther = signedIn !== undefined && signedIn.id !== shown?.id;
	if (isOther && (shown === undefined || !hasUncopiedSecret)) {
		return <SwitchAccount account={signedIn} isSwitch={shown !== undefined} onReady={setShown} />;
	}
	if (shown !== undefined) {
		// What was typed here goes with the account; what cannot be shown again stays.
		if (session === null && wasSignedOut(queryClient) && !hasUncopiedSecret) return <Leave />;
		return (
			<AccountProvider value={isOther || signedIn === undefined ? shown : signedIn}>
				<UpdateAccount of={signedIn} shown={shown} onChange={setShown} />
				<Outlet key={shown.id} />
				<SessionEndedDialog
					account={shown}
					other={isOther ? signedIn : undefined}
					ended={signedIn === undefined}
				/>
			</AccountProvider>
		);
	}
	if (session === null) {
		if (wasSignedOut(queryClient)) return <Navigate replace to={dashboardPaths.signIn} />;
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

interface SwitchAccountProps {
	readonly account: Account;
	/** Whether another account's page was on the screen until now. */
	readonly isSwitch: boolean;
	readonly onReady: (account: Account) => void;
}

/** Stands for a moment where an account's pages will be: nothing of another account's is left for them. */
function SwitchAccount({ account, isSwitch, onReady }: SwitchAccountProps) {
	const queryClient = useQueryClient();
	const navigate = useNavigate();
	useEffect(() => {
		claimCache(queryClient, account);
		onReady(account);
		if (!isSwitch) return;
		void navigate(dashboardPaths.workspaces, { replace: true });
		notifications.show({ message: `This browser is signed in as ${account.name} now.` });
	}, [queryClient, account, isSwitch, onReady, navigate]);
	return <LoadingPage />;
}

/** The session was ended in another tab. */
function Leave() {
	const queryClient = useQueryClient();
	useEffect(() => clearCache(queryClient), [queryClient]);
	return <Navigate replace to={dashboardPaths.signIn} />;
}

/** Remembers what the account is called by now, for when it has to sign in again. */
function UpdateAccount({
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
