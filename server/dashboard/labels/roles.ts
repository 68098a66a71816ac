/** What each role allows. */
export const roleDescriptions = {
	owner: "Full access: places, keys, members and settings.",
	admin: "Can manage places and keys, but not members or settings.",
	viewer: "Read-only access.",
} as const;

export type Role = keyof typeof roleDescriptions;

/** From the most to the least privileged. */
export const rolesInOrder: readonly Role[] = ["owner", "admin", "viewer"];

/** A role as a label: "Owner". One this page does not know is shown as it is. */
export function roleName(role: string): string {
	return role.charAt(0).toUpperCase() + role.slice(1);
}
