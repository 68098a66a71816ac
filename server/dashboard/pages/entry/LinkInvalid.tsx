import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Anchor } from "@mantine/core";
import { errors } from "@shared/errors.js";
import { Link } from "react-router";
import { EntryPage } from "./EntryPage.js";

/** For a one-time link that is no longer valid, or one without its code. */
export function LinkInvalid({ missing }: { readonly missing: boolean }) {
	const { title, fix } = errors.link_invalid;
	return (
		<EntryPage
			title={missing ? "Incomplete link" : "This link is no longer valid"}
			description={
				missing
					? "The part after the # is missing. Open the link exactly as it was sent to you."
					: `${title}. ${fix}`
			}
		>
			<Anchor component={Link} to={dashboardPaths.signIn} size="sm">
				Sign in
			</Anchor>
		</EntryPage>
	);
}
