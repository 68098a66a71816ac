import { randomBytes } from "node:crypto";
import { hash, type Options, verify } from "@node-rs/argon2";
import { limits } from "../../shared/limits.js";
import { type FieldProblem, Problem } from "../core/problem.js";
import { guessable } from "./commonPasswords.js";

/** Argon2id with 19 MiB and two passes, which is what OWASP's cheat sheet names first; 50 ms or so. */
const cost: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes under way at one time, and callers that may wait: beyond that the processor would be anyone's to use up. */
const atOneTime = 2;
const mostWaiting = 50;

let underWay = 0;
const waiting: Array<() => void> = [];

/** What is wrong with a new password. It is judged as it will be hashed: what was sent may be the longer spelling. */
export function passwordProblems(path: string, password: string, accountName: string): FieldProblem[] {
	const text = normalised(password);
	const { passwordMinimum: least, passwordLength: most } = limits;
	// Unicode's compatible form can be eighteen times as long as what was sent.
	const length = [...text].length;
	const message =
		length < least || length > most
			? `must be ${least} to ${most} characters long`
			: guessable(text, accountName);
	return message === undefined ? [] : [{ path, message }];
}

/** In PHC format, to be kept; `unavailable` when too many wait already. */
export function hashPassword(password: string): Promise<string | Problem> {
	return inTurn(() => hash(normalised(password), cost));
}

/** Unicode's compatible form, so that another keyboard's spelling of the same text fits. */
function normalised(password: string): string {
	return password.normalize("NFKC");
}

/** Made once, of a password nobody knows: checked against where there is no account, so that it takes as long. */
const decoy = hash(randomBytes(32).toString("base64"), cost);

/** Whether the password is the one that was hashed; without a hash it is not, and it takes as long to say so. */
export async function passwordMatches(
	kept: string | undefined,
	password: string,
): Promise<boolean | Problem> {
	const against = kept ?? (await decoy);
	const matches = await inTurn(() => verify(against, normalised(password)));
	return matches instanceof Problem ? matches : matches && kept !== undefined;
}

/** `unavailable` when too many wait already. */
async function inTurn<T>(work: () => Promise<T>): Promise<T | Problem> {
	if (underWay >= atOneTime) {
		if (waiting.length >= mostWaiting) return new Problem("unavailable", { retryAfterSeconds: 2 });
		await new Promise<void>((resolve) => waiting.push(resolve));
	} else underWay++;
	try {
		return await work();
	} finally {
		const next = waiting.shift();
		if (next === undefined) underWay--;
		else next();
	}
}
