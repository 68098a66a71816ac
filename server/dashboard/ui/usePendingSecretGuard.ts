import { useLeaveGuard } from "./LeaveGuards.js";

/**
 * Asks before the page is left while a secret that is shown once is being created:
 * it would arrive on a page that is gone. `name`: "token". `ifLost`: what to do then.
 */
export function usePendingSecretGuard(pending: boolean, name: string, ifLost: string): void {
	useLeaveGuard(pending, {
		title: `Leave before the ${name} is created?`,
		consequence: `The ${name} is being created, and this page will show it only once. ${ifLost}`,
		stay: "Wait for it",
		leave: "Leave without it",
		secret: true,
	});
}
