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
 * Shows its routes to signed-in users; everyone else signs in first and then comes
 * back. When a session ends under an open page, the page stays, covered by the sign-in
 * dialog.
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
	// biome-ignore lint/correctness/useExhaustiveDependencies: a question belongs to the session it was asked in
	useEffect(() => dismissQuestion, [dismissQuestion, sessionId]);
	const isOther = signedIn !== undefined && signedIn.id !== shown?.id;
	if (isOther && (shown === undefined || !hasUncopiedSecret)) {
		return <SwitchAccount account={signedIn} isSwitch={shown !== undefined} onReady={setShown} />;
	}
	if (shown !== undefined) {
		// Whatever was typed goes with the account; a secret that cannot be shown again stays.
		if (session === null && wasSignedOut(queryClient) && !hasUncopiedSecret) return <SignedOut />;
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
	/** Whether another account's page was shown until now. */
	readonly isSwitch: boolean;
	readonly onReady: (account: Account) => void;
}

/** Replaces the page for a moment while another account's data is cleared. */
function SwitchAccount({ account, isSwitch, onReady }: SwitchAccountProps) {
	const queryClient = useQueryClient();
	const navigate = useNavigate();
	useEffect(() => {
		claimCache(queryClient, account);
		onReady(account);
		if (!isSwitch) return;
		void navigate(dashboardPaths.workspaces, { replace: true });
		notifications.show({ message: `This browser is now signed in as ${account.name}.` });
	}, [queryClient, account, isSwitch, onReady, navigate]);
	return <LoadingPage />;
}

/** Another tab signed out. */
function SignedOut() {
	const queryClient = useQueryClient();
	useEffect(() => clearCache(queryClient), [queryClient]);
	return <Navigate replace to={dashboardPaths.signIn} />;
}

/** Keeps the account's name up to date, for signing in again. */
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
