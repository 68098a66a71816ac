import { useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router";

/**
 * The code of a one-time link, which stands after the `#` so that it reaches no
 * server's log. It is taken out of the address bar, and with it out of the
 * browser's history, as soon as it is read. Undefined: the address has none.
 */
export function useLinkCode(): string | undefined {
	const { hash, pathname } = useLocation();
	const navigate = useNavigate();
	const [code, setCode] = useState(() => codeIn(hash));
	useEffect(() => {
		const given = codeIn(hash);
		if (given === undefined) return;
		setCode(given);
		void navigate(pathname, { replace: true });
	}, [hash, pathname, navigate]);
	return code;
}

function codeIn(hash: string): string | undefined {
	const code = hash.replace(/^#/, "").trim();
	return code === "" ? undefined : code;
}
