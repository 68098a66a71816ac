import { Button, Group, Modal, Progress, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { getKey, listKeys } from "@shared/endpoints/keys.js";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useApi } from "../../api/ApiContext.js";
import type { Workspace } from "../../session/useWorkspace.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { listUnrevokedKeyIds, revokeKeys } from "./unrevokedKeys.js";

interface RevokeAllProps {
	readonly workspace: Workspace;
	/** Whether there is a key to revoke. The outcome stays visible until the dialog is closed. */
	readonly isOffered: boolean;
}

/** Revokes all keys of a workspace with one confirmation. */
export function RevokeAll({ workspace, isOffered }: RevokeAllProps) {
	const [opened, dialog] = useDisclosure(false);
	const [running, setRunning] = useState(false);
	return (
		<>
			{isOffered && (
				<Button color="red" variant="light" w="fit-content" onClick={dialog.open}>
					Revoke all keys
				</Button>
			)}
			<Modal
				opened={opened}
				onClose={dialog.close}
				title={`Revoke all keys of ${workspace.name}?`}
				// While it runs, Stop is the only way out: closing would hide that keys are still being revoked.
				closeOnClickOutside={!running}
				closeOnEscape={!running}
				withCloseButton={!running}
			>
				<RevokeAllForm workspace={workspace} close={dialog.close} onRunning={setRunning} />
			</Modal>
		</>
	);
}

interface RevokeAllFormProps {
	readonly workspace: Workspace;
	readonly close: () => void;
	readonly onRunning: (running: boolean) => void;
}

function RevokeAllForm({ workspace, close, onRunning }: RevokeAllFormProps) {
	const [typed, setTyped] = useState("");
	const { run, stop, running, revoked, total, problem } = useRevokeAll(workspace.id);
	useEffect(() => onRunning(running), [running, onRunning]);
	const started = total !== undefined;
	const done = started && !running && problem === undefined && revoked === total;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		void run();
	};
	return (
		<form onSubmit={submit}>
			<Stack>
				{!started && (
					<>
						<Text size="sm">
							Within a second, every server instance denies requests with this workspace's keys (key_revoked),
							also from running game servers. This cannot be undone.
						</Text>
						<TextInput
							label={
								<>
									Type <strong>{workspace.name}</strong> to confirm
								</>
							}
							value={typed}
							onChange={(event) => setTyped(event.currentTarget.value)}
							autoComplete="off"
							spellCheck={false}
							data-autofocus
						/>
					</>
				)}
				{started && (
					<>
						<Text size="sm" role="status">
							{done
								? `${countLabel(total)} revoked.`
								: running
									? `Revoking ${revoked} of ${total}…`
									: `${revoked} of ${countLabel(total)} revoked. The others are unchanged.`}
						</Text>
						<Progress
							value={total === 0 ? 100 : (100 * revoked) / total}
							color={done ? "green" : "red"}
							aria-label="Keys revoked"
						/>
					</>
				)}
				<ProblemNote problem={problem} />
				<Group justify="flex-end" gap="xs">
					{running ? (
						<Button variant="default" onClick={stop}>
							Stop
						</Button>
					) : (
						<Button variant="default" onClick={close}>
							{started ? "Close" : "Cancel"}
						</Button>
					)}
					{!done && (
						<Button
							type="submit"
							color="red"
							loading={running}
							disabled={!started && typed.trim() !== workspace.name}
						>
							{started ? "Continue" : "Revoke all keys"}
						</Button>
					)}
				</Group>
			</Stack>
		</form>
	);
}

function countLabel(keys: number): string {
	return keys === 1 ? "1 key" : `${keys.toLocaleString("en")} keys`;
}

/** Each run covers the keys that are left; leaving the page stops it. */
function useRevokeAll(workspaceId: string) {
	const api = useApi();
	const queryClient = useQueryClient();
	const stopping = useRef<AbortController>(undefined);
	const [running, setRunning] = useState(false);
	const [revoked, setRevoked] = useState(0);
	const [total, setTotal] = useState<number>();
	const [problem, setProblem] = useState<unknown>();
	useEffect(() => () => stopping.current?.abort(), []);
	const run = async () => {
		const controller = new AbortController();
		stopping.current = controller;
		setRunning(true);
		setProblem(undefined);
		try {
			const left = await listUnrevokedKeyIds(api, workspaceId);
			setTotal(revoked + left.length);
			await revokeKeys(api, left, controller.signal, () => setRevoked((count) => count + 1));
		} catch (thrown) {
			setProblem(thrown);
		} finally {
			setRunning(false);
			for (const { name } of [getKey, listKeys]) void queryClient.invalidateQueries({ queryKey: [name] });
		}
	};
	return { run, stop: () => stopping.current?.abort(), running, revoked, total, problem };
}
