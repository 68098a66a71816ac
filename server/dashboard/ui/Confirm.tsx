import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import {
	createContext,
	type FormEvent,
	type ReactNode,
	useCallback,
	useContext,
	useEffect,
	useRef,
	useState,
} from "react";
import { focusHeading, isFocusLost } from "./focusHeading.js";
import { ProblemNote } from "./ProblemNote.js";

export interface Question {
	/** What is about to happen, as a question: "Revoke this key?" */
	readonly title: string;
	/** The consequences, and whether they can be undone. */
	readonly consequence: ReactNode;
	/** The label of the button: "Revoke key". */
	readonly confirm: string;
	/** Whether something is lost or stops working. */
	readonly dangerous?: boolean;
	/** Text to type first, the record's name, for what cannot be undone. */
	readonly typed?: string;
	/** Runs on confirmation. If it fails, the dialog stays open and shows the error. */
	readonly onConfirm: () => Promise<unknown>;
}

const ConfirmContext = createContext<((question: Question) => void) | undefined>(undefined);

/** Asks for confirmation: `confirm({ title, consequence, … })`. */
export function useConfirm(): (question: Question) => void {
	const confirm = useContext(ConfirmContext);
	if (confirm === undefined) throw new TypeError("useConfirm must be used inside ConfirmProvider.");
	return confirm;
}

/** A question, from when it is asked until its dialog has closed. */
interface Asked {
	readonly count: number;
	readonly question: Question;
	/** What had the focus before. */
	readonly from: Element | null;
}

export function ConfirmProvider({ children }: { readonly children: ReactNode }) {
	const [asked, setAsked] = useState<Asked>();
	const [open, setOpen] = useState<Asked>();
	const [busy, setBusy] = useState(false);
	const count = useRef(0);
	const confirm = useCallback((question: Question) => {
		count.current++;
		const asked = { count: count.current, question, from: document.activeElement };
		setAsked(asked);
		setOpen(asked);
		setBusy(false);
	}, []);
	// A question closes only itself, not a later one.
	const close = (closed: Asked) => setOpen((open) => (open === closed ? undefined : open));
	return (
		<ConfirmContext value={confirm}>
			{children}
			<Modal
				opened={open !== undefined}
				// The outcome can only be shown while the dialog is open.
				onClose={() => asked !== undefined && !busy && close(asked)}
				closeOnEscape={!busy}
				closeOnClickOutside={!busy}
				closeButtonProps={{ "aria-label": "Close", disabled: busy }}
				returnFocus={false}
				title={asked?.question.title}
			>
				{asked !== undefined && (
					<ConfirmForm
						key={asked.count}
						asked={asked}
						busy={busy}
						setBusy={setBusy}
						close={() => close(asked)}
					/>
				)}
			</Modal>
		</ConfirmContext>
	);
}

interface ConfirmFormProps {
	readonly asked: Asked;
	readonly busy: boolean;
	readonly setBusy: (busy: boolean) => void;
	readonly close: () => void;
}

function ConfirmForm({ asked, busy, setBusy, close }: ConfirmFormProps) {
	const { consequence, confirm, dangerous = false, typed, onConfirm } = asked.question;
	// Once the dialog has closed, and not before: it traps the focus.
	useEffect(() => () => restoreFocus(asked.from), [asked]);
	const [text, setText] = useState("");
	const [problem, setProblem] = useState<unknown>();
	const submit = async (event: FormEvent) => {
		event.preventDefault();
		setBusy(true);
		setProblem(undefined);
		try {
			await onConfirm();
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
					<Button
						variant="default"
						onClick={close}
						disabled={busy}
						data-autofocus={typed === undefined || undefined}
					>
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

/** Returns the focus to where it was, or to the heading if that is gone. */
function restoreFocus(from: Element | null): void {
	if (!isFocusLost()) return;
	if (from instanceof HTMLElement && from.isConnected) from.focus();
	if (isFocusLost()) focusHeading();
}
