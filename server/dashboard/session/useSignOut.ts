import { endSession } from "@shared/endpoints/session.js";
import { useQueryClient } from "@tanstack/react-query";
import { asProblem } from "../api/problem.js";
import { useEndpointMutation } from "../api/useEndpointMutation.js";
import { useGuardedLeave } from "../ui/LeaveGuards.js";
import { clearEndedSession, sessionIdOf } from "./useSession.js";

/**
 * Ends the session of this browser, and forgets what its account was shown;
 * unless something on the page would be lost, and whoever is asked stays.
 * `leave` goes where nothing needs an account, before that is done.
 * @throws {ApiProblem} when the session could not be ended
 */
export function useSignOut(): { readonly busy: boolean; signOut(leave?: () => unknown): Promise<void> } {
	const queryClient = useQueryClient();
	const guarded = useGuardedLeave();
	const end = useEndpointMutation(endSession);
	const signOut = async (leave?: () => unknown) => {
		const meant = sessionIdOf(queryClient);
		return guarded(async () => {
			// Somebody else may have signed in while this was asked about: that session is not the one to end.
			if (sessionIdOf(queryClient) !== meant) return;
			try {
				await end.mutateAsync({});
			} catch (error) {
				// A session that is over already is what was wanted.
				if (asProblem(error).code !== "session_expired") throw error;
			}
			await leave?.();
			clearEndedSession(queryClient);
		});
	};
	return { busy: end.isPending, signOut };
}
