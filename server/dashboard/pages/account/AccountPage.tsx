import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Button } from "@mantine/core";
import { IconLogout } from "@tabler/icons-react";
import { useNavigate } from "react-router";
import { useAccount } from "../../session/useSession.js";
import { useSignOut } from "../../session/useSignOut.js";
import { Page } from "../../ui/Page.js";
import { showFailure } from "../../ui/showFailure.js";
import { AdminKeysSection } from "./AdminKeysSection.js";
import { NameSection } from "./NameSection.js";
import { PasswordSection } from "./PasswordSection.js";
import { SessionsSection } from "./SessionsSection.js";

/** The settings of your own account. */
export function AccountPage() {
	const { operator } = useAccount();
	return (
		<Page
			title="Your account"
			description={
				operator
					? "You are an operator, with full access to this server."
					: "Your role in a workspace decides what you can do there."
			}
			actions={<SignOut />}
		>
			<NameSection />
			<PasswordSection />
			<SessionsSection />
			<AdminKeysSection />
		</Page>
	);
}

function SignOut() {
	const navigate = useNavigate();
	const { busy, signOut } = useSignOut();
	const leave = () =>
		signOut(() => navigate(dashboardPaths.signIn)).catch((error: unknown) =>
			showFailure(error, "Sign-out failed"),
		);
	return (
		<Button
			variant="default"
			leftSection={<IconLogout size={16} aria-hidden />}
			loading={busy}
			onClick={() => void leave()}
		>
			Sign out
		</Button>
	);
}
