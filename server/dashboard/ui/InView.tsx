import { useIntersection } from "@mantine/hooks";
import { type ReactNode, useState } from "react";

interface InViewProps {
	/** Shown from the moment it is about to come into sight; from then on it stays. */
	readonly children: ReactNode;
	/** Stands where it will be. */
	readonly before: ReactNode;
}

/** For what asks the server, once for each item of a list that can be long. */
export function InView({ children, before }: InViewProps) {
	const { ref, entry } = useIntersection({ rootMargin: "200px" });
	const [seen, setSeen] = useState(false);
	if (entry?.isIntersecting === true && !seen) setSeen(true);
	return <div ref={ref}>{seen ? children : before}</div>;
}
