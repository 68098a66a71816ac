import { Container } from "@mantine/core";
import { useRouteError } from "react-router";
import { ErrorState } from "./ErrorState.js";

/** Stands where a page failed to load, or has a bug. */
export function BrokenPage() {
	return (
		<Container size="xs" py="xl">
			<ErrorState problem={useRouteError()} tryAgain={() => window.location.reload()} />
		</Container>
	);
}
