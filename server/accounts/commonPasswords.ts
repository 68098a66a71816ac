import { dictionary } from "@zxcvbn-ts/language-common";

const common: ReadonlySet<string> = new Set(dictionary["passwords-common"]);

/** A word that says too little about a password made from it, however long it is. */
const longestUnit = 6;

/**
 * Why a password is among the first that somebody would try; undefined when it
 * is not. Lists hold mostly short passwords, which people lengthen by
 * repeating them or by digits around them: such ones count as common too.
 * `password` as it will be hashed.
 *
 * See docs/decisions/0016-common-passwords-package.md
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

/** Without the digits and signs around it. */
function coreOf(text: string): string {
	return text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
}

/** What a text repeats, the last time perhaps cut off; the text itself when it repeats nothing. */
function unitOf(text: string): string {
	for (let length = 1; length <= text.length / 2; length++) {
		const unit = text.slice(0, length);
		if (unit.repeat(Math.ceil(text.length / length)).startsWith(text)) return unit;
	}
	return text;
}
