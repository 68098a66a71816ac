import { Container } from "@mantine/core";
import { useState } from "react";
import { useRouteError } from "react-router";
import { unreachable } from "../api/problem.js";
import { isFailedLoad, reloadPage } from "../outdated.js";
import { ErrorState } from "./ErrorState.js";

/** Replaces a page that failed to load or threw an error. */
export function BrokenPage() {
	const thrown = useRouteError();
	const [isAway, setIsAway] = useState(() => isFailedLoad(thrown));
	const tryAgain = async () => setIsAway(!(await reloadPage()));
	return (
		<Container size="xs" py="xl">
			<ErrorState problem={isAway ? unreachable() : thrown} tryAgain={tryAgain} />
		</Container>
	);
}
