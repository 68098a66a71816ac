/** z-indexes above the page and its dialogs, which Mantine puts at 200. */
export const layers = {
	signInAgain: 250,
	leaving: 300,
} as const;
