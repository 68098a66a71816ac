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
	/** Whose page it is. */
	readonly account: Account;
	readonly ended: boolean;
	/** Who is signed in in this browser now, instead of the page's account. */
	readonly other: Account | undefined;
}

/**
 * Over a page whose session is no more. What was typed there is still there
 * when its account signs in again; another account begins anew.
 */
export function SessionEndedDialog({ account, ended, other }: SessionEndedDialogProps) {
	const queryClient = useQueryClient();
	const hasUncopiedSecret = useHasUncopiedSecret();
	const [looking, setLooking] = useState(false);
	const isOver = ended || other !== undefined;
	const isOpen = isOver && !(looking && hasUncopiedSecret);
	const wasOver = useRef(false);
	useEffect(() => {
		if (isOver) wasOver.current = true;
		else if (wasOver.current) {
			wasOver.current = false;
			setLooking(false);
			refetchAll(queryClient);
		}
	}, [isOver, queryClient]);
	useEffect(() => (isOpen ? pushEscapeHandler(() => {}) : undefined), [isOpen]);
	return (
		<Modal
			opened={isOpen}
			onClose={() => {}}
			closeOnEscape={false}
			closeOnClickOutside={false}
			withCloseButton={false}
			title={other === undefined ? "Your session has ended." : `Signed in as ${other.name} now`}
			overlayProps={{ backgroundOpacity: 0.6, blur: 8 }}
			zIndex={layers.signInAgain}
		>
			<Stack>
				{hasUncopiedSecret && (
					<Group justify="space-between" gap="xs">
						<Text size="sm">What is shown on this page was not copied yet.</Text>
						<Button variant="default" size="xs" onClick={() => setLooking(true)}>
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
			<Text size="sm">Sign in to go on where you were. Nothing that you have typed is lost.</Text>
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
				Somebody has signed in as <bdi>{other.name}</bdi> in this browser. This page belongs to another
				account.
			</Text>
			<LeavePage
				text={`Go on as ${other.name}`}
				go={async () => navigate(dashboardPaths.workspaces, { replace: true })}
			/>
		</>
	);
}

/** Gives this page up. */
function LeavePage({ text, go }: { readonly text: string; readonly go: () => Promise<void> }) {
	const guarded = useGuardedLeave();
	return (
		<Button variant="default" onClick={() => void guarded(go)}>
			{text}
		</Button>
	);
}
