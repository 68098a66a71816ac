import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconLogout } from "@tabler/icons-react";
import { useNavigate } from "react-router";
import { asProblem } from "../../api/problem.js";
import { useAccount } from "../../session/useSession.js";
import { useSignOut } from "../../session/useSignOut.js";
import { Page } from "../../ui/Page.js";
import { AdminKeysSection } from "./AdminKeysSection.js";
import { NameSection } from "./NameSection.js";
import { PasswordSection } from "./PasswordSection.js";
import { SessionsSection } from "./SessionsSection.js";

/** What somebody does with the own account. */
export function AccountPage() {
	const { operator } = useAccount();
	return (
		<Page
			title="Your account"
			description={
				operator
					? "You are an operator: you may do everything in every workspace of this instance."
					: "You may do in each workspace what your role there allows."
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
		signOut(() => navigate(dashboardPaths.signIn)).catch((error: unknown) => {
			notifications.show({ color: "red", title: "Not signed out", message: asProblem(error).details.title });
		});
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
