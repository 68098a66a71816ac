/** What a place or a workspace can be, as every list says it of keys too: "Active", "Inactive", "Suspended". */
export function statusLabel(status: string): string {
	return status.charAt(0).toUpperCase() + status.slice(1);
}
