import { Modal } from "@mantine/core";
import { type ReactNode, useState } from "react";

interface OnceDialogProps<T> {
	readonly opened: boolean;
	readonly close: () => void;
	readonly title: string;
	/** The title while the secret is shown. */
	readonly shownTitle: string;
	/** How the secret is made; hands it to `show`. */
	readonly make: (show: (secret: T) => void) => ReactNode;
	/** The secret, with a button that calls `done`. */
	readonly shown: (secret: T, done: () => void) => ReactNode;
}

/**
 * Makes a secret and shows it, this once. From then on only its own button
 * closes the dialog: a stray key or click would lose what cannot be shown again.
 */
export function OnceDialog<T>({ opened, close, title, shownTitle, make, shown }: OnceDialogProps<T>) {
	const [secret, setSecret] = useState<{ readonly is: T }>();
	const [isDone, setDone] = useState(false);
	const showing = secret !== undefined;
	const done = () => {
		setDone(true);
		close();
	};
	const forget = () => {
		setSecret(undefined);
		setDone(false);
	};
	return (
		<Modal
			// It can be made when the dialog was closed already: then it opens again.
			opened={opened || (showing && !isDone)}
			onClose={close}
			onExitTransitionEnd={() => isDone && forget()}
			title={showing ? shownTitle : title}
			closeOnClickOutside={!showing}
			closeOnEscape={!showing}
			withCloseButton={!showing}
			size={showing ? "lg" : undefined}
		>
			{showing ? shown(secret.is, done) : make((is) => setSecret({ is }))}
		</Modal>
	);
}
