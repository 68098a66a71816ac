import { Alert, Modal, Radio, Stack, Text } from "@mantine/core";
import { getKey, listKeys, rotateKey } from "@shared/endpoints/keys.js";
import { limits } from "@shared/limits.js";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { ifTokenLost } from "../../labels/keys.js";
import { overlaps } from "../../labels/overlaps.js";
import { DialogButtons } from "../../ui/DialogButtons.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { useNow } from "../../ui/useNow.js";
import { usePendingSecretGuard } from "../../ui/usePendingSecretGuard.js";
import { type IssuedKey, isInOverlap, type Key } from "./key.js";

interface RotateKeyProps {
	readonly record: Key;
	readonly opened: boolean;
	readonly close: () => void;
	readonly onRotated: (rotated: IssuedKey) => void;
}

/** Gives a key a new token, and the one before a time to go. */
export function RotateKey({ record: key, opened, close, onRotated }: RotateKeyProps) {
	// Here, not in the dialog: trying again after a lost answer gets that very answer, even if the dialog was closed meanwhile.
	const mutation = useEndpointMutation(rotateKey, {
		refreshes: [getKey, listKeys],
		onDone: (rotated) => {
			close();
			// Anew, and not closed: a dialog that closes gives the focus back, which belongs to the new token.
			setRound(round + 1);
			onRotated(rotated);
			mutation.reset();
		},
	});
	usePendingSecretGuard(mutation.isPending, "token", ifTokenLost);
	const [round, setRound] = useState(0);
	const [seconds, setSeconds] = useState(String(limits.defaultOverlapSeconds));
	const ending = isInOverlap(key, useNow());
	const rotate = (event: FormEvent) => {
		event.preventDefault();
		mutation.mutate({ params: { keyId: key.id }, body: { overlapSeconds: ending ? 0 : Number(seconds) } });
	};
	return (
		<Modal
			key={round}
			opened={opened}
			onClose={close}
			title={ending ? `End the old token of ${key.name}?` : `Rotate ${key.name}`}
		>
			<form onSubmit={rotate}>
				<Stack>
					{ending ? (
						<Alert
							color="orange"
							icon={<IconAlertTriangle aria-hidden />}
							title="The current token ends as well"
						>
							Ending the old token is another rotation: the key gets a third token, and within a second both
							before it are refused. Put the third one wherever the key is used. If you can wait, the old
							token ends by itself, and the current one stays good.
						</Alert>
					) : (
						<>
							<Text size="sm">
								The key keeps its name, its settings and its history. It gets a new token, shown once.
							</Text>
							<Radio.Group
								label="How long the old token stays good"
								description="Time to put the new one wherever the key is used."
								value={seconds}
								onChange={setSeconds}
							>
								<Stack gap="xs" mt="xs">
									{overlaps.map(({ value, label, description }) => (
										<Radio key={value} value={value} label={label} description={description} />
									))}
								</Stack>
							</Radio.Group>
						</>
					)}
					<ProblemNote problem={mutation.error} />
					<DialogButtons
						submit={ending ? "End both, get a new token" : "Rotate"}
						busy={mutation.isPending}
						dangerous={ending}
						cancelFirst
						close={close}
					/>
				</Stack>
			</form>
		</Modal>
	);
}
