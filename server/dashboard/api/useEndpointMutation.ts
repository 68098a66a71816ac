import { notifications } from "@mantine/notifications";
import type { Endpoint, EndpointOutput } from "@shared/endpoint.js";
import { useIsMutating, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useApi } from "./ApiContext.js";
import type { Input } from "./client.js";
import type { ApiProblem } from "./problem.js";

interface MutationOptions<E extends Endpoint> {
	/** Endpoints whose cached responses are stale afterwards. */
	readonly refreshes?: readonly Endpoint[];
	readonly onDone?: (output: EndpointOutput<E>, input: Input<E>) => void;
	/**
	 * The toast that confirms the change. Every change has one, unless its result stays on the screen,
	 * such as a new token, or it ends the session.
	 */
	readonly success?: (output: EndpointOutput<E>, input: Input<E>) => string;
	/** Groups mutations for `useMutationPending`. */
	readonly mutationKey?: string;
}

/** A mutation and the state of its last run. As narrow as `EndpointQuery`, for the same reason. */
export interface EndpointMutation<S, T> {
	mutate(
		input: S,
		then?: { readonly onSuccess?: (output: T) => void; readonly onError?: (problem: ApiProblem) => void },
	): void;
	/** @throws {ApiProblem} */
	mutateAsync(input: S): Promise<T>;
	/** Clears the state of the last run. */
	reset(): void;
	readonly error: ApiProblem | null;
	readonly isPending: boolean;
	readonly isError: boolean;
	readonly isSuccess: boolean;
}

/**
 * A request that changes something. Where the endpoint accepts an Idempotency-Key,
 * repeating the same request after a failure cannot apply it twice.
 */
export function useEndpointMutation<E extends Endpoint>(
	endpoint: E,
	{ refreshes = [], onDone, success, mutationKey }: MutationOptions<E> = {},
): EndpointMutation<Input<E>, EndpointOutput<E>> {
	const api = useApi();
	const queryClient = useQueryClient();
	const lastRequest = useRef<{ readonly text: string; readonly key: string } | undefined>(undefined);
	// biome-ignore lint/suspicious/noExplicitAny: see EndpointMutation
	return useMutation<any, ApiProblem, Input<E>>({
		mutationKey: mutationKey === undefined ? undefined : [mutationKey],
		mutationFn: (input) => {
			if (!endpoint.takesIdempotencyKey) return api.call(endpoint, input);
			const text = JSON.stringify(input);
			if (lastRequest.current?.text !== text) lastRequest.current = { text, key: randomKey() };
			return api.call(endpoint, input, { idempotencyKey: lastRequest.current.key });
		},
		onSuccess: async (output, input) => {
			lastRequest.current = undefined;
			await Promise.all(refreshes.map(({ name }) => queryClient.invalidateQueries({ queryKey: [name] })));
			onDone?.(output, input);
			if (success !== undefined) notifications.show({ message: success(output, input) });
		},
	});
}

/** Whether a mutation with this key is pending, even if the form that started it is gone. */
export function useMutationPending(mutationKey: string): boolean {
	return useIsMutating({ mutationKey: [mutationKey] }) > 0;
}

/** Not `crypto.randomUUID`, which browsers offer only over https and on localhost. */
function randomKey(): string {
	return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
		byte.toString(16).padStart(2, "0"),
	).join("");
}
