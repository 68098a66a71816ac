import type { ReactNode } from "react";
import classes from "./DescriptionList.module.css";

/** What there is to say about one thing: a `Description` each. */
export function DescriptionList({ children }: { readonly children: ReactNode }) {
	return <dl className={classes.list}>{children}</dl>;
}

export function Description({ name, children }: { readonly name: string; readonly children: ReactNode }) {
	return (
		<>
			<dt>{name}</dt>
			<dd>{children}</dd>
		</>
	);
}
