import { Modal } from "@mantine/core";
import { Fragment, type ReactNode, useRef, useState } from "react";
import { usePendingSecretGuard } from "./usePendingSecretGuard.js";

interface SecretDialogProps<T> {
	readonly opened: boolean;
	readonly close: () => void;
	readonly title: string;
	/** The title while the secret is shown. */
	readonly shownTitle: string;
	/** What is made: "token". */
	readonly name: string;
	/** What there is to do for who has lost it: "Without it…" */
	readonly without: string;
	/** Whether one is being made now, be the dialog open or not. */
	readonly pending: boolean;
	/** How the secret is made; hands it to `show`. */
	readonly make: (show: (secret: T) => void) => ReactNode;
	/** The secret, with a button that calls `done`. */
	readonly shown: (secret: T, done: () => void) => ReactNode;
}

interface Made<T> {
	readonly secret: T;
	/** The first is 1. */
	readonly number: number;
}

/**
 * Makes a secret and shows it, this once. From then on only its own button
 * closes the dialog: a stray key or click would lose what cannot be shown again.
 */
export function SecretDialog<T>(props: SecretDialogProps<T>) {
	const { opened, close, title, shownTitle, name, without, pending, make, shown } = props;
	// Several when the dialog was closed and used again before the first was there: one after the other.
	const [made, setMade] = useState<readonly Made<T>[]>([]);
	const count = useRef(0);
	const [seen, setSeen] = useState(0);
	const next = made.find(({ number }) => number > seen);
	// Still to be read while the dialog goes away.
	const showing = next ?? made.at(-1);
	usePendingSecretGuard(pending, name, without);
	const show = (secret: T) => {
		const number = ++count.current;
		setMade((made) => [...made, { secret, number }]);
	};
	const done = (number: number) => {
		setSeen(number);
		close();
	};
	return (
		<Modal
			// It can be made when the dialog was closed already: then it opens again.
			opened={opened || next !== undefined}
			onClose={close}
			onExitTransitionEnd={() => setMade((made) => made.filter(({ number }) => number > seen))}
			title={showing === undefined ? title : shownTitle}
			closeOnClickOutside={showing === undefined}
			closeOnEscape={showing === undefined}
			withCloseButton={showing === undefined}
			size={showing === undefined ? undefined : "lg"}
		>
			{showing === undefined ? (
				make(show)
			) : (
				// Anew for each: that one was copied says nothing about the next.
				<Fragment key={showing.number}>{shown(showing.secret, () => done(showing.number))}</Fragment>
			)}
		</Modal>
	);
}
