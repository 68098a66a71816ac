import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Alert, Anchor, Text } from "@mantine/core";
import { getSetup } from "@shared/endpoints/session.js";
import { IconInfoCircle } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { SignInForm } from "../../session/SignInForm.js";
import { useSession } from "../../session/useSession.js";
import { EntryPage } from "./EntryPage.js";
import { nextAfterSignIn } from "./nextAfterSignIn.js";

export function SignInPage() {
	const [search] = useSearchParams();
	const navigate = useNavigate();
	const next = nextAfterSignIn(search.get("next"), window.location.origin);
	const { data: session } = useSession();
	const setup = useEndpointQuery(getSetup, {});
	const [failed, setFailed] = useState(false);
	useEffect(() => {
		if (session != null) void navigate(next, { replace: true });
	}, [session, navigate, next]);
	return (
		<EntryPage title="Sign in">
			{setup.data?.needed && (
				<Alert color="indigo" icon={<IconInfoCircle aria-hidden />}>
					No account exists yet.{" "}
					<Anchor component={Link} to={dashboardPaths.setup} size="sm" c="inherit" underline="always">
						Set up Placelock
					</Anchor>
				</Alert>
			)}
			<SignInForm onFailed={() => setFailed(true)} />
			{!failed && (
				<Text size="xs" c="dimmed">
					Forgot your password? Ask an operator for a reset link.
				</Text>
			)}
		</EntryPage>
	);
}
