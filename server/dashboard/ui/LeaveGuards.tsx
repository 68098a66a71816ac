import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import {
	createContext,
	useCallback,
	useContext,
	useEffect,
	useLayoutEffect,
	useMemo,
	useRef,
	useState,
} from "react";
import { Outlet, useBlocker } from "react-router";
import { pushEscapeHandler } from "./escapeHandlers.js";
import { layers } from "./layers.js";

/** What leaving the page would lose, and the question about it. */
interface Guard {
	/** "Leave without the token?" */
	readonly title: string;
	readonly consequence: string;
	readonly stay: string;
	readonly leave: string;
	/** Whether it cannot be restored. Asked about before what can be typed again. */
	readonly secret?: boolean;
}

interface Guards {
	add(guard: Guard): () => void;
	ask(guard: Guard): Promise<boolean>;
	leave(action: () => Promise<void>): Promise<void>;
	dismissQuestion(): void;
	readonly hasUncopiedSecret: boolean;
}

const GuardsContext = createContext<Guards | undefined>(undefined);

function useGuards(): Guards {
	const guards = useContext(GuardsContext);
	if (guards === undefined) throw new TypeError("useLeaveGuard must be used inside LeaveGuards.");
	return guards;
}

/**
 * While `active`, asks before any navigation. For leaving without a navigation, such
 * as closing a dialog, call the returned function: it resolves with whether to leave.
 */
export function useLeaveGuard(active: boolean, guard: Guard): () => Promise<boolean> {
	const { add, ask } = useGuards();
	const { title, consequence, stay, leave, secret } = guard;
	const same = useMemo(
		() => ({ title, consequence, stay, leave, secret }),
		[title, consequence, stay, leave, secret],
	);
	useLayoutEffect(() => (active ? add(same) : undefined), [active, add, same]);
	return useCallback(async () => !active || ask(same), [active, ask, same]);
}

/** Whether the page shows an uncopied secret that cannot be shown again. */
export function useHasUncopiedSecret(): boolean {
	return useGuards().hasUncopiedSecret;
}

/**
 * Runs an action that ends the page, such as signing out, unless something would be
 * lost and the user chooses to stay.
 */
export function useGuardedLeave(): (action: () => Promise<void>) => Promise<void> {
	return useGuards().leave;
}

/** Closes an open question as if the answer were to stay, once it no longer concerns the current user. */
export function useDismissLeaveQuestion(): () => void {
	return useGuards().dismissQuestion;
}

interface Asked {
	readonly guard: Guard;
	answer(leaves: boolean): void;
}

/**
 * Wraps all pages and asks on behalf of every `useLeaveGuard`: the router allows only one blocker.
 *
 * See docs/decisions/0036-one-leave-guard.md
 */
export function LeaveGuards() {
	const [guards, setGuards] = useState<readonly Guard[]>([]);
	const now = useRef<readonly Guard[]>([]);
	const isLeaving = useRef(false);
	const [asked, setAsked] = useState<Asked>();
	const open = useRef<Asked>(undefined);
	const blocker = useBlocker(
		({ currentLocation, nextLocation }) =>
			!isLeaving.current && now.current.length > 0 && currentLocation.pathname !== nextLocation.pathname,
	);
	const blocked = useRef(blocker);
	blocked.current = blocker;
	const change = useCallback((guards: readonly Guard[]) => {
		now.current = guards;
		setGuards(guards);
	}, []);
	const settle = useCallback((leaves: boolean) => {
		open.current?.answer(leaves);
		open.current = undefined;
		setAsked(undefined);
	}, []);
	const add = useCallback(
		(guard: Guard) => {
			change([...now.current, guard]);
			return () => {
				change(now.current.filter((other) => other !== guard));
				// The question is obsolete; its answer must have no effect.
				if (open.current?.guard === guard) settle(false);
			};
		},
		[change, settle],
	);
	const ask = useCallback(
		(guard: Guard) =>
			new Promise<boolean>((answer) => {
				settle(false);
				open.current = { guard, answer };
				setAsked(open.current);
			}),
		[settle],
	);
	const dismissQuestion = useCallback(() => {
		if (blocked.current.state === "blocked") blocked.current.reset();
		settle(false);
	}, [settle]);
	const leave = useCallback(
		async (action: () => Promise<void>) => {
			const guard = mostImportant(now.current);
			if (guard !== undefined && !(await ask(guard))) return;
			isLeaving.current = true;
			try {
				await action();
			} finally {
				isLeaving.current = false;
			}
		},
		[ask],
	);
	const isGuarded = guards.length > 0;
	useEffect(() => {
		if (!isGuarded) return;
		// Leaving the site shows the browser's own question.
		const askBrowser = (event: BeforeUnloadEvent) => event.preventDefault();
		window.addEventListener("beforeunload", askBrowser);
		return () => window.removeEventListener("beforeunload", askBrowser);
	}, [isGuarded]);
	useEffect(() => {
		if (!isGuarded && blocker.state === "blocked") blocker.reset();
	}, [isGuarded, blocker]);
	const hasUncopiedSecret = guards.some(({ secret }) => secret);
	const context = useMemo(
		() => ({ add, ask, leave, dismissQuestion, hasUncopiedSecret }),
		[add, ask, leave, dismissQuestion, hasUncopiedSecret],
	);
	const blockedBy = blocker.state === "blocked" ? mostImportant(guards) : undefined;
	const answer = (leaves: boolean) => {
		if (blocker.state === "blocked") {
			if (leaves) blocker.proceed();
			else blocker.reset();
		}
		settle(leaves);
	};
	return (
		<GuardsContext value={context}>
			<Outlet />
			<Question guard={blockedBy ?? asked?.guard} answer={answer} />
		</GuardsContext>
	);
}

function mostImportant(guards: readonly Guard[]): Guard | undefined {
	return guards.findLast(({ secret }) => secret) ?? guards.at(-1);
}

interface QuestionProps {
	/** Undefined if there is nothing to ask. */
	readonly guard: Guard | undefined;
	readonly answer: (leaves: boolean) => void;
}

function Question({ guard, answer }: QuestionProps) {
	// Shown until the closing transition ends.
	const latest = useRef<Guard>(undefined);
	if (guard !== undefined) latest.current = guard;
	const stay = useRef(() => {});
	stay.current = () => answer(false);
	const isOpen = guard !== undefined;
	useEffect(() => (isOpen ? pushEscapeHandler(() => stay.current()) : undefined), [isOpen]);
	return (
		<Modal
			opened={isOpen}
			onClose={() => answer(false)}
			closeOnEscape={false}
			title={latest.current?.title}
			zIndex={layers.leaving}
		>
			<Stack>
				<Text size="sm">{latest.current?.consequence}</Text>
				<Group justify="flex-end" gap="xs">
					<Button variant="default" onClick={() => answer(true)}>
						{latest.current?.leave}
					</Button>
					<Button onClick={() => answer(false)} data-autofocus>
						{latest.current?.stay}
					</Button>
				</Group>
			</Stack>
		</Modal>
	);
}
