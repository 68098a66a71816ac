import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { pushEscapeHandler } from "../ui/escapeHandlers.js";
import { useGuardedLeave, useHasUncopiedSecret } from "../ui/LeaveGuards.js";
import { layers } from "../ui/layers.js";
import { SignInForm } from "./SignInForm.js";
import { type Account, clearEndedSession, refetchAll } from "./useSession.js";

interface SessionEndedDialogProps {
	/** The account whose page this is. */
	readonly account: Account;
	readonly ended: boolean;
	/** The account this browser is signed in to now, if it is not the page's. */
	readonly other: Account | undefined;
}

/**
 * Covers a page whose session has ended. Signing in to the same account keeps what was
 * typed; another account starts over.
 */
export function SessionEndedDialog({ account, ended, other }: SessionEndedDialogProps) {
	const queryClient = useQueryClient();
	const hasUncopiedSecret = useHasUncopiedSecret();
	const [copying, setCopying] = useState(false);
	const isEnded = ended || other !== undefined;
	const isOpen = isEnded && !(copying && hasUncopiedSecret);
	const wasEnded = useRef(false);
	useEffect(() => {
		if (isEnded) wasEnded.current = true;
		else if (wasEnded.current) {
			wasEnded.current = false;
			setCopying(false);
			refetchAll(queryClient);
		}
	}, [isEnded, queryClient]);
	useEffect(() => (isOpen ? pushEscapeHandler(() => {}) : undefined), [isOpen]);
	return (
		<Modal
			opened={isOpen}
			onClose={() => {}}
			closeOnEscape={false}
			closeOnClickOutside={false}
			withCloseButton={false}
			title={other === undefined ? "Your session has ended" : `Now signed in as ${other.name}`}
			overlayProps={{ backgroundOpacity: 0.6, blur: 8 }}
			zIndex={layers.signInAgain}
		>
			<Stack>
				{hasUncopiedSecret && (
					<Group justify="space-between" gap="xs">
						<Text size="sm">You have not copied what this page shows.</Text>
						<Button variant="default" size="xs" onClick={() => setCopying(true)}>
							Copy it first
						</Button>
					</Group>
				)}
				{other === undefined ? <SignInAgain account={account} /> : <ContinueAs other={other} />}
			</Stack>
		</Modal>
	);
}

function SignInAgain({ account }: { readonly account: Account }) {
	const queryClient = useQueryClient();
	const navigate = useNavigate();
	const leave = async () => {
		await navigate(dashboardPaths.signIn);
		clearEndedSession(queryClient);
	};
	return (
		<>
			<Text size="sm">Sign in to continue. Nothing you have typed is lost.</Text>
			<SignInForm name={account.name} />
			<LeavePage text="Use another account" go={leave} />
		</>
	);
}

function ContinueAs({ other }: { readonly other: Account }) {
	const navigate = useNavigate();
	return (
		<>
			<Text size="sm">
				This browser is now signed in as <bdi>{other.name}</bdi>. This page belongs to another account.
			</Text>
			<LeavePage
				text={`Continue as ${other.name}`}
				go={async () => navigate(dashboardPaths.workspaces, { replace: true })}
			/>
		</>
	);
}

/** Leaves this page. */
function LeavePage({ text, go }: { readonly text: string; readonly go: () => Promise<void> }) {
	const guarded = useGuardedLeave();
	return (
		<Button variant="default" onClick={() => void guarded(go)}>
			{text}
		</Button>
	);
}
