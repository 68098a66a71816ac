/** What lies above the page and its dialogs, which Mantine has at 200: the higher covers the lower. */
export const layers = {
	signInAgain: 250,
	leaving: 300,
} as const;
