import { type RefObject, useEffect, useRef, useState } from "react";
import { useLeaveGuard } from "./LeaveGuards.js";
import { onCopied } from "./useCopy.js";

interface Secret {
	/** For the field that shows it, which has the focus at first. */
	readonly field: RefObject<HTMLInputElement | null>;
	/** Resolves with whether it may go from the screen: it was copied, or is not wanted. */
	readonly confirmLeave: () => Promise<boolean>;
}

/**
 * Watches over a secret that is shown this once: until it was copied, by itself
 * or as a part of something, whatever makes it go is asked about first.
 * `name`: "token". `without`: what there is to do for who has lost it.
 */
export function useUncopiedSecretGuard(
	value: string,
	name: string,
	without: string,
	taken?: () => void,
): Secret {
	const [copied, setCopied] = useState(false);
	const field = useRef<HTMLInputElement>(null);
	const tell = useRef(taken);
	tell.current = taken;
	useEffect(() => field.current?.focus(), []);
	useEffect(() => {
		const look = (text: string) => {
			if (!text.includes(value)) return;
			setCopied(true);
			tell.current?.();
		};
		const lookAtSelected = () => look(selectedText());
		document.addEventListener("copy", lookAtSelected);
		const stop = onCopied(look);
		return () => {
			document.removeEventListener("copy", lookAtSelected);
			stop();
		};
	}, [value]);
	const confirmLeave = useLeaveGuard(!copied, {
		title: `Leave without the ${name}?`,
		consequence: `You have not copied the ${name}, and it cannot be shown again. ${without}`,
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
