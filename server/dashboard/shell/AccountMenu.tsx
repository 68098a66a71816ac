import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Avatar, Group, Menu, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconLogout, IconSelector, IconUserCircle, IconUsersGroup } from "@tabler/icons-react";
import { Link, useNavigate } from "react-router";
import { useAccount } from "../session/useSession.js";
import { useSignOut } from "../session/useSignOut.js";
import { showFailure } from "../ui/showFailure.js";
import classes from "./Shell.module.css";

export function AccountMenu() {
	const account = useAccount();
	const navigate = useNavigate();
	const { signOut } = useSignOut();
	const leave = () =>
		signOut(() => navigate(dashboardPaths.signIn)).catch((error: unknown) =>
			showFailure(error, "Sign-out failed"),
		);
	return (
		<Menu position="top-start" width={220}>
			<Menu.Target>
				<UnstyledButton className={classes.account}>
					<Group gap={8} wrap="nowrap">
						<Avatar size={26} radius="xl" name={account.name} color="gray" aria-hidden />
						<Text size="sm" truncate flex={1}>
							<VisuallyHidden>Account </VisuallyHidden>
							<bdi>{account.name}</bdi>
						</Text>
						<IconSelector size={14} aria-hidden />
					</Group>
				</UnstyledButton>
			</Menu.Target>
			<Menu.Dropdown>
				<Menu.Label>{account.operator ? "Operator" : "Signed in"}</Menu.Label>
				<Menu.Item
					component={Link}
					to={dashboardPaths.account}
					leftSection={<IconUserCircle size={16} aria-hidden />}
				>
					Your account
				</Menu.Item>
				{account.operator && (
					<Menu.Item
						component={Link}
						to={dashboardPaths.accounts}
						leftSection={<IconUsersGroup size={16} aria-hidden />}
					>
						Accounts
					</Menu.Item>
				)}
				<Menu.Divider />
				<Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void leave()}>
					Sign out
				</Menu.Item>
			</Menu.Dropdown>
		</Menu>
	);
}
