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
import { layers } from "./layers.js";
import { takeEscape } from "./topEscape.js";

/** What would be lost by going elsewhere, and the question about it. */
export interface Guard {
	/** "Leave without the token?" */
	readonly title: string;
	readonly consequence: string;
	readonly stay: string;
	readonly leave: string;
	/** Whether it cannot be had again: asked about before what can be typed again. */
	readonly secret?: boolean;
}

interface Guards {
	add(guard: Guard): () => void;
	ask(guard: Guard): Promise<boolean>;
	leave(act: () => Promise<void>): Promise<void>;
	withdraw(): void;
	readonly secretHeld: boolean;
}

const GuardsContext = createContext<Guards | undefined>(undefined);

function useGuards(): Guards {
	const guards = useContext(GuardsContext);
	if (guards === undefined) throw new TypeError("There are no LeaveGuards around this.");
	return guards;
}

/**
 * While `active`, going elsewhere is asked about first, however it is done. For
 * what goes by no address, such as closing a dialog, there is the function
 * returned: it resolves with whether to go on.
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

/** Whether something is on the screen that cannot be shown again, and was not copied yet. */
export function useSecretHeld(): boolean {
	return useGuards().secretHeld;
}

/** Does what ends the page, such as signing out, unless something would be lost and somebody rather stays. */
export function useLeave(): (act: () => Promise<void>) => Promise<void> {
	return useGuards().leave;
}

/** Takes back what is being asked, as if the answer were to stay: for when whoever was asked is here no more. */
export function useWithdraw(): () => void {
	return useGuards().withdraw;
}

interface Asked {
	readonly guard: Guard;
	answer(goes: boolean): void;
}

/**
 * Around all pages: asks on behalf of every `useLeaveGuard`, for the router lets only one ask.
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
	const settle = useCallback((goes: boolean) => {
		open.current?.answer(goes);
		open.current = undefined;
		setAsked(undefined);
	}, []);
	const add = useCallback(
		(guard: Guard) => {
			change([...now.current, guard]);
			return () => {
				change(now.current.filter((other) => other !== guard));
				// A question about what is no more: nothing may come of its answer.
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
	const withdraw = useCallback(() => {
		if (blocked.current.state === "blocked") blocked.current.reset();
		settle(false);
	}, [settle]);
	const leave = useCallback(
		async (act: () => Promise<void>) => {
			const guard = foremost(now.current);
			if (guard !== undefined && !(await ask(guard))) return;
			isLeaving.current = true;
			try {
				await act();
			} finally {
				isLeaving.current = false;
			}
		},
		[ask],
	);
	const isGuarded = guards.length > 0;
	useEffect(() => {
		if (!isGuarded) return;
		// The browser asks in words of its own when the whole page is left.
		const askBrowser = (event: BeforeUnloadEvent) => event.preventDefault();
		window.addEventListener("beforeunload", askBrowser);
		return () => window.removeEventListener("beforeunload", askBrowser);
	}, [isGuarded]);
	useEffect(() => {
		if (!isGuarded && blocker.state === "blocked") blocker.reset();
	}, [isGuarded, blocker]);
	const secretHeld = guards.some(({ secret }) => secret);
	const context = useMemo(
		() => ({ add, ask, leave, withdraw, secretHeld }),
		[add, ask, leave, withdraw, secretHeld],
	);
	const onTheWay = blocker.state === "blocked" ? foremost(guards) : undefined;
	const answer = (goes: boolean) => {
		if (blocker.state === "blocked") {
			if (goes) blocker.proceed();
			else blocker.reset();
		}
		settle(goes);
	};
	return (
		<GuardsContext value={context}>
			<Outlet />
			<Question guard={onTheWay ?? asked?.guard} answer={answer} />
		</GuardsContext>
	);
}

function foremost(guards: readonly Guard[]): Guard | undefined {
	return guards.findLast(({ secret }) => secret) ?? guards.at(-1);
}

interface QuestionProps {
	/** Undefined: there is nothing to ask. */
	readonly guard: Guard | undefined;
	readonly answer: (goes: boolean) => void;
}

function Question({ guard, answer }: QuestionProps) {
	// Still to be read while the dialog goes away.
	const latest = useRef<Guard>(undefined);
	if (guard !== undefined) latest.current = guard;
	const stay = useRef(() => {});
	stay.current = () => answer(false);
	const isOpen = guard !== undefined;
	useEffect(() => (isOpen ? takeEscape(() => stay.current()) : undefined), [isOpen]);
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
