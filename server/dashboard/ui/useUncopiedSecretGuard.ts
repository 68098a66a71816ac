import { type RefObject, useEffect, useRef, useState } from "react";
import { useLeaveGuard } from "./LeaveGuards.js";
import { onCopied } from "./useCopy.js";

interface Secret {
	/** For the field that shows it, which gets the focus. */
	readonly field: RefObject<HTMLInputElement | null>;
	/** Resolves with whether to remove it from the screen: it was copied, or the user does not want it. */
	readonly confirmLeave: () => Promise<boolean>;
}

/**
 * Asks before a secret that is shown once leaves the screen, until it has been copied,
 * alone or as part of a text. `name`: "token". `ifLost`: what to do then.
 */
export function useUncopiedSecretGuard(value: string, name: string, ifLost: string): Secret {
	const [copied, setCopied] = useState(false);
	const field = useRef<HTMLInputElement>(null);

	useEffect(() => field.current?.focus(), []);
	useEffect(() => {
		const check = (text: string) => {
			if (text.includes(value)) setCopied(true);
		};
		const checkSelection = () => check(selectedText());
		document.addEventListener("copy", checkSelection);
		const stop = onCopied(check);
		return () => {
			document.removeEventListener("copy", checkSelection);
			stop();
		};
	}, [value]);
	const confirmLeave = useLeaveGuard(!copied, {
		title: `Leave without copying the ${name}?`,
		consequence: `The ${name} cannot be shown again. ${ifLost}`,
		stay: "Stay here",
		leave: "Leave without it",
		secret: true,
	});
	return { field, confirmLeave };
}

function selectedText(): string {
	const { activeElement: field } = document;
	if (!(field instanceof HTMLInputElement)) return document.getSelection()?.toString() ?? "";
	return field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0);
}
