import type { Endpoint, EndpointOutput } from "@shared/endpoint.js";
import { useIsMutating, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useApi } from "./ApiContext.js";
import type { Input } from "./client.js";
import type { ApiProblem } from "./problem.js";

export interface MutationOptions<E extends Endpoint> {
	/** Whose answers are stale once it is done. */
	readonly refreshes?: readonly Endpoint[];
	readonly onDone?: (answer: EndpointOutput<E>, sent: Input<E>) => void;
	/** What it is a part of, for `useMutationPending`: an id of the page's own. */
	readonly mutationKey?: string;
}

/** One kind of change: how to make it, and how the last one went. As narrow as `EndpointQuery`, for the same reason. */
export interface EndpointMutation<S, T> {
	mutate(
		sent: S,
		then?: { readonly onSuccess?: (answer: T) => void; readonly onError?: (problem: ApiProblem) => void },
	): void;
	/** @throws {ApiProblem} */
	mutateAsync(sent: S): Promise<T>;
	/** Forgets how the last one went. */
	reset(): void;
	readonly error: ApiProblem | null;
	readonly isPending: boolean;
	readonly isError: boolean;
	readonly isSuccess: boolean;
}

/**
 * A call that changes something. Where the endpoint takes an Idempotency-Key,
 * trying the same again after a failure cannot do it twice.
 */
export function useEndpointMutation<E extends Endpoint>(
	endpoint: E,
	{ refreshes = [], onDone, mutationKey }: MutationOptions<E> = {},
): EndpointMutation<Input<E>, EndpointOutput<E>> {
	const api = useApi();
	const queryClient = useQueryClient();
	const wish = useRef<{ readonly text: string; readonly key: string } | undefined>(undefined);
	// biome-ignore lint/suspicious/noExplicitAny: see Act
	return useMutation<any, ApiProblem, Input<E>>({
		mutationKey: mutationKey === undefined ? undefined : [mutationKey],
		mutationFn: (sent) => {
			if (!endpoint.takesIdempotencyKey) return api.call(endpoint, sent);
			const text = JSON.stringify(sent);
			if (wish.current?.text !== text) wish.current = { text, key: randomKey() };
			return api.call(endpoint, sent, { idempotencyKey: wish.current.key });
		},
		onSuccess: async (answer, sent) => {
			wish.current = undefined;
			await Promise.all(refreshes.map(({ name }) => queryClient.invalidateQueries({ queryKey: [name] })));
			onDone?.(answer, sent);
		},
	});
}

/** Whether a change is under way that is part of this, even if the form it was made in is gone. */
export function useMutationPending(mutationKey: string): boolean {
	return useIsMutating({ mutationKey: [mutationKey] }) > 0;
}

/** Not `crypto.randomUUID`, which browsers have only behind https and on the own machine. */
function randomKey(): string {
	return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
		byte.toString(16).padStart(2, "0"),
	).join("");
}
