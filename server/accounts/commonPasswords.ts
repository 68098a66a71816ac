import { dictionary } from "@zxcvbn-ts/language-common";

const common: ReadonlySet<string> = new Set(dictionary["passwords-common"]);

/** Repeating this many characters or fewer makes a weak password, however long it gets. */
const maxRepeatedLength = 6;

/**
 * Why a password is among the first guesses of an attacker; undefined if it is
 * not. Lists of common passwords contain mostly short ones, which people lengthen
 * by repeating them or adding digits around them, so those count as common too.
 * `password` in the form that is hashed.
 */
export function commonPasswordProblem(password: string, accountName: string): string | undefined {
	const folded = password.toLowerCase();
	const core = coreOf(folded);
	if (core === "") return "must contain letters";
	const unit = repeatedUnit(folded);
	const bases = [folded, core, unit, repeatedUnit(core), coreOf(unit)];
	if (bases.some((base) => common.has(base))) {
		return "is a common password or a simple variation of one";
	}
	const name = coreOf(accountName.toLowerCase());
	if (bases.some((base) => coreOf(base) === name)) {
		return "is the account's name or a simple variation of it";
	}
	if (unit.length <= maxRepeatedLength) return `repeats the same ${maxRepeatedLength} characters or fewer`;
	return undefined;
}

/** Without the digits and signs around it. */
function coreOf(text: string): string {
	return text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
}

/** The shortest part that the text repeats, possibly cut off at the end; the whole text if it repeats nothing. */
function repeatedUnit(text: string): string {
	for (let length = 1; length <= text.length / 2; length++) {
		const unit = text.slice(0, length);
		if (unit.repeat(Math.ceil(text.length / length)).startsWith(text)) return unit;
	}
	return text;
}
