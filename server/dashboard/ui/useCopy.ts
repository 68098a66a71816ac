import { useEffect, useRef, useState } from "react";

const shownMs = 2000;
const listeners = new Set<(text: string) => void>();

/** Reports every text copied by a button of the page. Returns a function that unsubscribes. */
export function onCopied(listener: (text: string) => void): () => void {
	listeners.add(listener);
	return () => {
		listeners.delete(listener);
	};
}

/**
 * Copies texts to the clipboard. `copied` is true for a moment after it worked,
 * `failed` if the browser did not allow it.
 */
export function useCopy(): {
	readonly copied: boolean;
	readonly failed: boolean;
	copy(text: string): Promise<boolean>;
} {
	const [outcome, setOutcome] = useState<"copied" | "failed">();
	const timer = useRef<number>(undefined);
	useEffect(() => () => window.clearTimeout(timer.current), []);
	const copy = async (text: string) => {
		const done = await writeText(text);
		setOutcome(done ? "copied" : "failed");
		if (done) for (const listener of listeners) listener(text);
		window.clearTimeout(timer.current);
		timer.current = window.setTimeout(() => setOutcome(undefined), shownMs);
		return done;
	};
	return { copied: outcome === "copied", failed: outcome === "failed", copy };
}

async function writeText(text: string): Promise<boolean> {
	// Browsers offer `clipboard` only over https and on localhost.
	if (navigator.clipboard === undefined) return copySelected(text);
	return navigator.clipboard.writeText(text).then(
		() => true,
		() => copySelected(text),
	);
}

/** Copies from a selected field, which works everywhere while the page has the focus. */
function copySelected(text: string): boolean {
	const focused = document.activeElement;
	const field = document.createElement("textarea");
	field.value = text;
	field.readOnly = true;
	field.className = "copied-from";
	// Inside an open dialog, which traps the focus.
	(focused?.closest("[role=dialog]") ?? document.body).append(field);
	field.select();
	const done = document.execCommand("copy");
	field.remove();
	if (focused instanceof HTMLElement) focused.focus();
	return done;
}
