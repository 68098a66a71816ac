/**
 * @param file The address of a built file, which is `<where>/assets/<name>`; "" for one that is not built.
 *
 * See docs/decisions/0011-relative-dashboard-urls.md
 */
export function whereFrom(file: string): string {
	const { pathname } = new URL(file);
	const end = pathname.lastIndexOf("/assets/");
	return end === -1 ? "" : pathname.slice(0, end);
}
