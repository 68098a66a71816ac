import { useLeaveGuard } from "./LeaveGuards.js";

/**
 * While a secret is being made that is shown once, going elsewhere is asked
 * about first: its answer would come to a page that is no more.
 * `name`: "token". `without`: what there is to do for who has lost it.
 */
export function usePendingSecretGuard(pending: boolean, name: string, without: string): void {
	useLeaveGuard(pending, {
		title: `Leave before the ${name} is there?`,
		consequence: `The ${name} is being made, and will be shown on this page, this once. ${without}`,
		stay: "Wait for it",
		leave: "Leave without it",
		secret: true,
	});
}
