import { endSession } from "@shared/endpoints/session.js";
import { useQueryClient } from "@tanstack/react-query";
import { asProblem } from "../api/problem.js";
import { useEndpointMutation } from "../api/useEndpointMutation.js";
import { useGuardedLeave } from "../ui/LeaveGuards.js";
import { clearEndedSession, sessionIdOf } from "./useSession.js";

/**
 * Ends the session of this browser and clears its cache, unless the user chooses to
 * stay for something that would be lost. `leave` navigates to a public page before the
 * cache is cleared.
 * @throws {ApiProblem} if the session could not be ended
 */
export function useSignOut(): { readonly busy: boolean; signOut(leave?: () => unknown): Promise<void> } {
	const queryClient = useQueryClient();
	const guarded = useGuardedLeave();
	const end = useEndpointMutation(endSession);
	const signOut = async (leave?: () => unknown) => {
		const sessionId = sessionIdOf(queryClient);
		return guarded(async () => {
			// Another account may have signed in while the question was open. Its session must not be ended.
			if (sessionIdOf(queryClient) !== sessionId) return;
			try {
				await end.mutateAsync({});
			} catch (error) {
				// A session that has ended already needs no further action.
				if (asProblem(error).code !== "session_expired") throw error;
			}
			await leave?.();
			clearEndedSession(queryClient);
		});
	};
	return { busy: end.isPending, signOut };
}
