import { Container } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { dashboardPaths } from "../../dashboardPaths.js";
import { ErrorState } from "../ui/ErrorState.js";
import { LoadingPage } from "../ui/Loading.js";
import { signedOutHere, useSession } from "./useSession.js";

/** Shows what is inside to whoever is signed in; everybody else signs in first, and comes back to where they were. */
export function SignedInOnly() {
	const { data: session, error, refetch } = useSession();
	const { pathname, search } = useLocation();
	const answers = useQueryClient();
	const wasSignedIn = useRef(false);
	if (session != null) {
		wasSignedIn.current = true;
		return <Outlet />;
	}
	if (session === null) {
		if (signedOutHere(answers)) return <Navigate replace to={dashboardPaths.signIn} />;
		const query = new URLSearchParams({ next: pathname + search });
		if (wasSignedIn.current) query.set("ended", "1");
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
