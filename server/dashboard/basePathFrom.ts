/**
 * Derives the page's base path from the URL of a built file,
 * `<basePath>/assets/<name>`; "" for an unbuilt file.
 *
 * See docs/decisions/0011-relative-dashboard-urls.md
 */
export function basePathFrom(file: string): string {
	const { pathname } = new URL(file);
	const end = pathname.lastIndexOf("/assets/");
	return end === -1 ? "" : pathname.slice(0, end);
}
