import { dictionary } from "@zxcvbn-ts/language-common";

const common: ReadonlySet<string> = new Set(dictionary["passwords-common"]);

/** A word that says too little about a password made from it, however long it is. */
const longestUnit = 6;

/**
 * Why a password is among the first that somebody would try; undefined when it
 * is not. Lists hold mostly short passwords, which people lengthen by
 * repeating them or by digits around them: such ones count as common too.
 * `password` as it will be hashed.
 */
export function guessable(password: string, accountName: string): string | undefined {
	const folded = password.toLowerCase();
	const core = coreOf(folded);
	if (core === "") return "must hold some letters";
	const unit = unitOf(folded);
	const madeFrom = [folded, core, unit, unitOf(core), coreOf(unit)];
	if (madeFrom.some((text) => common.has(text))) {
		return "is among the most common passwords, or one of them repeated or with digits or signs around it";
	}
	const name = coreOf(accountName.toLowerCase());
	if (madeFrom.some((text) => coreOf(text) === name)) {
		return "is the account's name, repeated or with digits or signs around it";
	}
	if (unit.length <= longestUnit) return `repeats the same ${longestUnit} characters or fewer`;
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
 * What a text repeats, the last time perhaps cut off; the text itself when it
 * repeats nothing. Linear: the prefix function of Knuth, Morris and Pratt.
 */
function unitOf(text: string): string {
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
