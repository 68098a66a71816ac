import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Container } from "@mantine/core";
import { getSetup } from "@shared/endpoints/session.js";
import { Navigate } from "react-router";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { useSession } from "../../session/useSession.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { LoadingPage } from "../../ui/Loading.js";

/** Redirects to setup while there is no account, to the workspaces if signed in, or to sign-in. */
export function HomePage() {
	const session = useSession();
	const setup = useEndpointQuery(getSetup, {}, { enabled: session.data === null });
	if (session.data != null) return <Navigate replace to={dashboardPaths.workspaces} />;
	if (setup.data !== undefined) {
		return <Navigate replace to={setup.data.needed ? dashboardPaths.setup : dashboardPaths.signIn} />;
	}
	const problem = session.error ?? setup.error;
	if (problem === null) return <LoadingPage />;
	return (
		<Container size="xs" py="xl">
			<ErrorState problem={problem} tryAgain={() => window.location.reload()} />
		</Container>
	);
}
