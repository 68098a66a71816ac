import type { ReactNode } from "react";
import classes from "./DescriptionList.module.css";

/** The properties of one record, each a `Description`. */
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
