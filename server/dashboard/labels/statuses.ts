/** A status as a label: "Active", "Inactive", "Suspended". */
export function statusLabel(status: string): string {
	return status.charAt(0).toUpperCase() + status.slice(1);
}
