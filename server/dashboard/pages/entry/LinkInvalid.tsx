import { dashboardPaths } from "@isomorphic/dashboardPaths.js";
import { Anchor } from "@mantine/core";
import { errors } from "@shared/errors.js";
import { Link } from "react-router";
import { EntryPage } from "./EntryPage.js";

/** A one-time link that is of no use any more, or an address without its code. */
export function LinkInvalid({ missing }: { readonly missing: boolean }) {
	const { title, fix } = errors.link_invalid;
	return (
		<EntryPage
			title={missing ? "This address is not whole" : "This link is no longer good"}
			description={
				missing
					? "The part after the # is missing. Open the link again, as it was sent to you."
					: `${title}. ${fix}`
			}
		>
			<Anchor component={Link} to={dashboardPaths.signIn} size="sm">
				Sign in
			</Anchor>
		</EntryPage>
	);
}
