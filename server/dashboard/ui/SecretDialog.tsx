import { Modal } from "@mantine/core";
import { Fragment, type ReactNode, useRef, useState } from "react";
import { usePendingSecretGuard } from "./usePendingSecretGuard.js";

interface SecretDialogProps<T> {
	readonly opened: boolean;
	readonly close: () => void;
	readonly title: string;
	/** The title while the secret is shown. */
	readonly shownTitle: string;
	/** What is created: "token". */
	readonly name: string;
	/** What to do if it is lost: "If you lose it…" */
	readonly ifLost: string;
	/** Whether one is being created, even if the dialog is closed. */
	readonly pending: boolean;
	/** The form that creates the secret and passes it to `show`. */
	readonly form: (show: (secret: T) => void) => ReactNode;
	/** Displays the secret, with a button that calls `done`. */
	readonly display: (secret: T, done: () => void) => ReactNode;
}

interface CreatedSecret<T> {
	readonly secret: T;
	/** Starts at 1. */
	readonly number: number;
}

/**
 * Creates a secret and shows it once. From then on only its own button closes the
 * dialog: a stray key or click would lose what cannot be shown again.
 */
export function SecretDialog<T>(props: SecretDialogProps<T>) {
	const { opened, close, title, shownTitle, name, ifLost, pending, form, display } = props;
	// More than one if the dialog was closed and used again before the first arrived. They are shown one by
	// one.
	const [created, setCreated] = useState<readonly CreatedSecret<T>[]>([]);
	const count = useRef(0);
	const [doneUpTo, setDoneUpTo] = useState(0);
	const next = created.find(({ number }) => number > doneUpTo);
	// Shown until the closing transition ends.
	const showing = next ?? created.at(-1);
	usePendingSecretGuard(pending, name, ifLost);
	const show = (secret: T) => {
		const number = ++count.current;
		setCreated((created) => [...created, { secret, number }]);
	};
	const done = (number: number) => {
		setDoneUpTo(number);
		close();
	};
	return (
		<Modal
			// Reopens the dialog if the secret arrives after it was closed.
			opened={opened || next !== undefined}
			onClose={close}
			onExitTransitionEnd={() => setCreated((created) => created.filter(({ number }) => number > doneUpTo))}
			title={showing === undefined ? title : shownTitle}
			closeOnClickOutside={showing === undefined}
			closeOnEscape={showing === undefined}
			withCloseButton={showing === undefined}
			size={showing === undefined ? undefined : "lg"}
		>
			{showing === undefined ? (
				form(show)
			) : (
				// A new instance for each: having copied one says nothing about the next.
				<Fragment key={showing.number}>{display(showing.secret, () => done(showing.number))}</Fragment>
			)}
		</Modal>
	);
}
