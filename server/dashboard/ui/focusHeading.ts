/**
 * Focuses the page's heading when the focused element is gone: otherwise the focus
 * would return to the top of the document.
 */
export function focusHeading(): void {
	document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
}

/** Whether no element has the focus. */
export function isFocusLost(): boolean {
	return document.activeElement === null || document.activeElement === document.body;
}
