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

/** Rotates a key: a new token, and a time during which the old one stays valid. */
export function RotateKey({ record: key, opened, close, onRotated }: RotateKeyProps) {
	// Outside the dialog: a retry after a lost response gets that response, even if the dialog was closed
	// meanwhile.
	const mutation = useEndpointMutation(rotateKey, {
		refreshes: [getKey, listKeys],
		onDone: (rotated) => {
			close();
			// Remounted instead of closed: a closing dialog returns the focus, which belongs to the new token.
			setRound(round + 1);
			onRotated(rotated);
			mutation.reset();
		},
	});
	usePendingSecretGuard(mutation.isPending, "token", ifTokenLost);
	const [round, setRound] = useState(0);
	const [seconds, setSeconds] = useState(String(limits.defaultOverlapSeconds));
	const inOverlap = isInOverlap(key, useNow());
	const rotate = (event: FormEvent) => {
		event.preventDefault();
		mutation.mutate({ params: { keyId: key.id }, body: { overlapSeconds: inOverlap ? 0 : Number(seconds) } });
	};
	return (
		<Modal
			key={round}
			opened={opened}
			onClose={close}
			title={inOverlap ? `Revoke the old token of ${key.name}?` : `Rotate ${key.name}`}
		>
			<form onSubmit={rotate}>
				<Stack>
					{inOverlap ? (
						<Alert
							color="orange"
							icon={<IconAlertTriangle aria-hidden />}
							title="This revokes the current token too"
						>
							The key is rotated again: it gets a third token, and within a second both earlier ones are
							denied. Use the third token everywhere. If you can wait, the old token expires on its own and
							the current one stays valid.
						</Alert>
					) : (
						<>
							<Text size="sm">
								The key keeps its name, settings and history. It gets a new token, which is shown once.
							</Text>
							<Radio.Group
								label="Old token"
								description="Allow enough time to replace it wherever the key is used."
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
						submit={inOverlap ? "Revoke both and get a new token" : "Rotate"}
						busy={mutation.isPending}
						dangerous={inOverlap}
						cancelFirst
						close={close}
					/>
				</Stack>
			</form>
		</Modal>
	);
}
