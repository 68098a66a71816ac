import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { useBlocker } from "react-router";

interface Guard {
	/** What would be lost, as a question: "Leave without the token?" */
	readonly title: string;
	readonly consequence: string;
	readonly stay: string;
	readonly leave: string;
}

/** While `active`, going elsewhere is asked about first. Returns the dialog that asks, to be shown by the page. */
export function useLeaveGuard(active: boolean, { title, consequence, stay, leave }: Guard): ReactNode {
	const blocker = useBlocker(
		({ currentLocation, nextLocation }) => active && currentLocation.pathname !== nextLocation.pathname,
	);
	useEffect(() => {
		if (!active) return;
		// The browser asks in words of its own when the whole page is left.
		const ask = (event: BeforeUnloadEvent) => event.preventDefault();
		window.addEventListener("beforeunload", ask);
		return () => window.removeEventListener("beforeunload", ask);
	}, [active]);
	const remain = () => blocker.reset?.();
	return (
		<Modal opened={blocker.state === "blocked"} onClose={remain} title={title}>
			<Stack>
				<Text size="sm">{consequence}</Text>
				<Group justify="flex-end" gap="xs">
					<Button variant="default" onClick={() => blocker.proceed?.()}>
						{leave}
					</Button>
					<Button onClick={remain} data-autofocus>
						{stay}
					</Button>
				</Group>
			</Stack>
		</Modal>
	);
}
