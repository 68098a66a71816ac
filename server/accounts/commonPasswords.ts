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

/** Without the digits and signs around it. Linear: anyone may send the longest text there is. */
function coreOf(text: string): string {
	const characters = [...text];
	const first = characters.findIndex(isLetter);
	return first < 0 ? "" : characters.slice(first, characters.findLastIndex(isLetter) + 1).join("");
}

function isLetter(character: string): boolean {
	return /^\p{L}$/u.test(character);
}

/**
 * The shortest part that the text repeats, possibly cut off at the end; the
 * whole text if it repeats nothing. Linear: the prefix function of Knuth, Morris
 * and Pratt.
 */
function repeatedUnit(text: string): string {
	// borders[i]: length of the longest start of the text that also ends at i, short of all of it.
	const borders = [0];
	for (let i = 1, border = 0; i < text.length; i++) {
		while (border > 0 && text[i] !== text[border]) border = borders[border - 1] ?? 0;
		if (text[i] === text[border]) border++;
		borders.push(border);
	}
	const period = text.length - (borders.at(-1) ?? 0);
	return period <= text.length / 2 ? text.slice(0, period) : text;
}
