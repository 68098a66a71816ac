import { useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router";

/**
 * The code of a one-time link, which follows the `#` so that it never reaches a
 * server's log. It is removed from the address bar, and so from the history, once
 * read. Undefined if there is none.
 */
export function useLinkCode(): string | undefined {
	const { hash, pathname } = useLocation();
	const navigate = useNavigate();
	const [code, setCode] = useState(() => codeIn(hash));
	useEffect(() => {
		const found = codeIn(hash);
		if (found === undefined) return;
		setCode(found);
		void navigate(pathname, { replace: true });
	}, [hash, pathname, navigate]);
	return code;
}

function codeIn(hash: string): string | undefined {
	const code = hash.replace(/^#/, "").trim();
	return code === "" ? undefined : code;
}
