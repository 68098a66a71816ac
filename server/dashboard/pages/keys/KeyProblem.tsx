import type { ApiProblem } from "../../api/problem.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { isShownBesideFields, nameIsTaken } from "./keyForm.js";

/** What went wrong with a key's form, but for what stands beside the fields already. */
export function KeyProblem({ problem }: { readonly problem: ApiProblem | null }) {
	if (problem === null || nameIsTaken(problem)) return null;
	const paths = (problem.details.errors ?? []).map(({ path }) => path);
	return <ProblemNote problem={problem} shownFields={paths.filter(isShownBesideFields)} />;
}
