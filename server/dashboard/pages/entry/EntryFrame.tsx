import { Anchor, Box, Group } from "@mantine/core";
import { Outlet } from "react-router";
import { basePath } from "../../basePath.js";
import { ColourSchemeSwitch } from "../../shell/ColourSchemeSwitch.js";
import { Wordmark } from "../../ui/Wordmark.js";
import classes from "./EntryFrame.module.css";

/** The frame of the pages for visitors who are not signed in. */
export function EntryFrame() {
	return (
		<Box className={classes.frame}>
			<header>
				<Wordmark />
			</header>
			<main className={classes.card}>
				<Outlet />
			</main>
			<Group component="footer" gap="sm" justify="center">
				<Anchor href={`${basePath}/docs`} size="sm" c="dimmed">
					API documentation
				</Anchor>
				<ColourSchemeSwitch />
			</Group>
		</Box>
	);
}
