import { randomBytes } from "node:crypto";
import { hash, type Options, verify } from "@node-rs/argon2";
import { limits } from "../../shared/limits.js";
import { type FieldProblem, Problem } from "../core/problem.js";
import { subscriberOf } from "../isomorphic/addresses.js";
import { FairQueue } from "../primitives/fairQueue.js";
import { commonPasswordProblem } from "./commonPasswords.js";

/** Argon2id with 19 MiB and two passes, the first choice of OWASP's cheat sheet; takes about 50 ms. */
const cost: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Hashes computed concurrently, and callers that may wait. Without a bound, anyone
 * could use up the processor; and nobody can keep the others from signing in.
 */
const queue = new FairQueue({ running: 2, waiting: 50 });

/** What is wrong with a new password. It is checked in the normalised form that is hashed, which may be shorter. */
export function passwordProblems(path: string, password: string, accountName: string): FieldProblem[] {
	const text = normalised(password);
	const { passwordMinimum: min, passwordLength: max } = limits;
	// Unicode's compatible form can be eighteen times as long as what was sent.
	const length = [...text].length;
	const message =
		length < min || length > max
			? `must be ${min} to ${max} characters long`
			: commonPasswordProblem(text, accountName);
	return message === undefined ? [] : [{ path, message }];
}

/** The hash to store, in PHC format; `unavailable` when too many wait for theirs. `address`: who asks. */
export function hashPassword(password: string, address: string): Promise<string | Problem> {
	return inTurn(address, () => hash(normalised(password), cost));
}

/** Unicode's compatibility form, so that the same text typed on another keyboard matches. */
function normalised(password: string): string {
	return password.normalize("NFKC");
}

/** The hash of a random password, checked when there is no account, so that it takes the same time. */
const decoy = hash(randomBytes(32).toString("base64"), cost);

/**
 * Whether the password is the one that was hashed. Without a hash it is not, and
 * takes as long. `unavailable` when too many wait for their turn.
 */
export async function passwordMatches(
	storedHash: string | undefined,
	password: string,
	address: string,
): Promise<boolean | Problem> {
	const compared = storedHash ?? (await decoy);
	const matches = await inTurn(address, () => verify(compared, normalised(password)));
	return matches instanceof Problem ? matches : matches && storedHash !== undefined;
}

async function inTurn<T>(address: string, work: () => Promise<T>): Promise<T | Problem> {
	return (
		(await queue.run(subscriberOf(address), work)) ?? new Problem("unavailable", { retryAfterSeconds: 2 })
	);
}
