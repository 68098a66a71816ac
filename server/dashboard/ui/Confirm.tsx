import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { createContext, type FormEvent, type ReactNode, useContext, useState } from "react";
import { ProblemNote } from "./ProblemNote.js";

export interface Question {
	/** What is about to be done, as a question: "Revoke this key?" */
	readonly title: string;
	/** What will happen, and whether it can be undone. */
	readonly consequence: ReactNode;
	/** The verb on the button: "Revoke key". */
	readonly confirm: string;
	/** Whether something is lost or stops working. */
	readonly dangerous?: boolean;
	/** What has to be typed first, for what cannot be undone: the thing's name. */
	readonly typed?: string;
	/** Done on confirmation. When it fails the dialog stays, and says why. */
	readonly act: () => Promise<unknown>;
}

const ConfirmContext = createContext<((question: Question) => void) | undefined>(undefined);

/** Asks before something is done: `confirm({ title, consequence, … })`. */
export function useConfirm(): (question: Question) => void {
	const confirm = useContext(ConfirmContext);
	if (confirm === undefined) throw new TypeError("There is no ConfirmProvider around this.");
	return confirm;
}

export function ConfirmProvider({ children }: { readonly children: ReactNode }) {
	const [question, ask] = useState<Question>();
	const [open, setOpen] = useState(false);
	const confirm = (asked: Question) => {
		ask(asked);
		setOpen(true);
	};
	return (
		<ConfirmContext value={confirm}>
			{children}
			<Modal opened={open} onClose={() => setOpen(false)} title={question?.title}>
				{question !== undefined && <ConfirmForm question={question} close={() => setOpen(false)} />}
			</Modal>
		</ConfirmContext>
	);
}

function ConfirmForm({ question, close }: { readonly question: Question; readonly close: () => void }) {
	const { consequence, confirm, dangerous = false, typed, act } = question;
	const [text, setText] = useState("");
	const [busy, setBusy] = useState(false);
	const [problem, setProblem] = useState<unknown>();
	const submit = async (event: FormEvent) => {
		event.preventDefault();
		setBusy(true);
		setProblem(undefined);
		try {
			await act();
			close();
		} catch (error) {
			setProblem(error);
		} finally {
			setBusy(false);
		}
	};
	return (
		<form onSubmit={submit}>
			<Stack>
				<Text size="sm" component="div">
					{consequence}
				</Text>
				{typed !== undefined && (
					<TextInput
						label={
							<>
								Type <strong>{typed}</strong> to confirm
							</>
						}
						value={text}
						onChange={(event) => setText(event.currentTarget.value)}
						autoComplete="off"
						spellCheck={false}
						data-autofocus
					/>
				)}
				<ProblemNote problem={problem} />
				<Group justify="flex-end" gap="xs">
					<Button variant="default" onClick={close} data-autofocus={typed === undefined || undefined}>
						Cancel
					</Button>
					<Button
						type="submit"
						color={dangerous ? "red" : undefined}
						loading={busy}
						disabled={typed !== undefined && text.trim() !== typed}
					>
						{confirm}
					</Button>
				</Group>
			</Stack>
		</form>
	);
}
