/** "1 key", "2 keys": for nouns that take an s. */
export function pluralize(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
