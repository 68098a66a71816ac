import { limits } from "../../shared/limits.js";
import type { OneTimeLinkRecord } from "./oneTimeLink.js";

export type LinkCreationObstacle = "not_first" | "account_missing" | "workspace_missing" | "limit_reached";

export type NewLinkFacts =
	| { readonly purpose: "setup"; readonly anyoneCanSignIn: boolean }
	| { readonly purpose: "reset"; readonly accountExists: boolean }
	/** `open`: how many valid invitations the workspace has; undefined when it does not exist. */
	| { readonly purpose: "invitation"; readonly open: number | undefined };

/** Why a link cannot be created; undefined when it can. `not_first`: a setup link while an account can sign in. */
export function linkCreationObstacle(facts: NewLinkFacts): LinkCreationObstacle | undefined {
	switch (facts.purpose) {
		case "setup":
			return facts.anyoneCanSignIn ? "not_first" : undefined;
		case "reset":
			return facts.accountExists ? undefined : "account_missing";
		case "invitation":
			if (facts.open === undefined) return "workspace_missing";
			return facts.open < limits.invitationsPerWorkspace ? undefined : "limit_reached";
	}
}

/** Whether a new link ends the earlier ones: of setup links and of an account's reset links only one is valid. */
export function endsEarlierLinks({ purpose }: Pick<OneTimeLinkRecord, "purpose">): boolean {
	return purpose !== "invitation";
}
