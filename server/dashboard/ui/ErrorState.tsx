import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { ProblemNote } from "./ProblemNote.js";

interface ErrorStateProps {
	readonly problem: unknown;
	readonly tryAgain: () => unknown;
}

/** Replaces what could not be loaded. */
export function ErrorState({ problem, tryAgain }: ErrorStateProps) {
	return (
		<ProblemNote
			problem={problem}
			withRequest
			action={
				<Button
					variant="default"
					size="xs"
					mt={4}
					leftSection={<IconRefresh size={14} aria-hidden />}
					onClick={() => tryAgain()}
				>
					Try again
				</Button>
			}
		/>
	);
}
