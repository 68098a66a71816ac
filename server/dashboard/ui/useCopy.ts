import { useEffect, useRef, useState } from "react";

const shownMs = 2000;
const listeners = new Set<(text: string) => void>();

/** Tells of every text that a button of the page copies. Returns what ends that. */
export function onCopied(listener: (text: string) => void): () => void {
	listeners.add(listener);
	return () => {
		listeners.delete(listener);
	};
}

/** Puts texts on the clipboard; `copied` for a moment after it worked, `failed` when the browser did not let it. */
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
		if (done) for (const tell of listeners) tell(text);
		window.clearTimeout(timer.current);
		timer.current = window.setTimeout(() => setOutcome(undefined), shownMs);
		return done;
	};
	return { copied: outcome === "copied", failed: outcome === "failed", copy };
}

async function writeText(text: string): Promise<boolean> {
	// Browsers have `clipboard` only behind https and on the own machine.
	if (navigator.clipboard === undefined) return copySelected(text);
	return navigator.clipboard.writeText(text).then(
		() => true,
		() => copySelected(text),
	);
}

/** The old way, from a field that is selected: it works everywhere, while the page has the focus. */
function copySelected(text: string): boolean {
	const focused = document.activeElement;
	const field = document.createElement("textarea");
	field.value = text;
	field.readOnly = true;
	field.className = "copied-from";
	// Inside an open dialog, where there is one: it does not let the focus out.
	(focused?.closest("[role=dialog]") ?? document.body).append(field);
	field.select();
	const done = document.execCommand("copy");
	field.remove();
	if (focused instanceof HTMLElement) focused.focus();
	return done;
}
