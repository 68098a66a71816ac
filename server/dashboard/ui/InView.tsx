import { useIntersection } from "@mantine/hooks";
import { type ReactNode, useState } from "react";

interface InViewProps {
	/** Rendered once it is about to scroll into view; then it stays. */
	readonly children: ReactNode;
	/** The placeholder until then. */
	readonly placeholder: ReactNode;
}

/** For list items that each send a request. */
export function InView({ children, placeholder }: InViewProps) {
	const { ref, entry } = useIntersection({ rootMargin: "200px" });
	const [wasInView, setWasInView] = useState(false);
	if (entry?.isIntersecting === true && !wasInView) setWasInView(true);
	return <div ref={ref}>{wasInView ? children : placeholder}</div>;
}
