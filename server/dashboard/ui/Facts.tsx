import type { ReactNode } from "react";
import classes from "./Facts.module.css";

/** What there is to say about one thing: a `Fact` each. */
export function Facts({ children }: { readonly children: ReactNode }) {
	return <dl className={classes.facts}>{children}</dl>;
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
	return (
		<>
			<dt>{name}</dt>
			<dd>{children}</dd>
		</>
	);
}
