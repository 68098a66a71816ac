import type { ApiProblem } from "../../api/problem.js";
import { ProblemNote } from "../../ui/ProblemNote.js";
import { isShownBesideFields } from "./keyForm.js";

/** A key form's error, except what is shown beside the fields. */
export function KeyProblem({ problem }: { readonly problem: ApiProblem | null }) {
	if (problem === null || problem.code === "name_taken") return null;
	const paths = (problem.details.errors ?? []).map(({ path }) => path);
	return <ProblemNote problem={problem} shownFields={paths.filter(isShownBesideFields)} />;
}
