/** Puts the focus on the page's title, where what had it is gone: from the top of the document one would have to begin anew. */
export function focusHeading(): void {
	document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
}

/** Whether nothing has the focus. */
export function isFocusLost(): boolean {
	return document.activeElement === null || document.activeElement === document.body;
}
