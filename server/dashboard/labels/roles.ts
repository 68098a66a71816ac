/** What a role lets somebody do, for whom it is offered or given to. */
export const roleDescriptions = {
	owner: "may do everything in the workspace: places, keys, members and settings",
	admin: "may change places and keys, but not members or settings",
	viewer: "may look at everything, and change nothing",
} as const;

export type Role = keyof typeof roleDescriptions;

/** From the one that may most to the one that may least. */
export const rolesInOrder: readonly Role[] = ["owner", "admin", "viewer"];

/** The same as a sentence of its own: "May look at everything, and change nothing." */
export function roleSentence(role: Role): string {
	const words = roleDescriptions[role];
	return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** A role in a list or in a title: "Owner". One that this page does not know yet stays as it is. */
export function roleName(role: string): string {
	return role.charAt(0).toUpperCase() + role.slice(1);
}
