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
	/** The secret, with a button that calls `close`. */
	readonly shown: (secret: T) => ReactNode;
}

/**
 * Makes a secret and shows it, this once. From then on only its own button
 * closes the dialog: a stray key or click would lose what cannot be shown again.
 */
export function OnceDialog<T>({ opened, close, title, shownTitle, make, shown }: OnceDialogProps<T>) {
	const [secret, setSecret] = useState<{ readonly is: T }>();
	const showing = secret !== undefined;
	return (
		<Modal
			opened={opened}
			onClose={close}
			onExitTransitionEnd={() => setSecret(undefined)}
			title={showing ? shownTitle : title}
			closeOnClickOutside={!showing}
			closeOnEscape={!showing}
			withCloseButton={!showing}
			size={showing ? "lg" : undefined}
		>
			{showing ? shown(secret.is) : make((is) => setSecret({ is }))}
		</Modal>
	);
}
