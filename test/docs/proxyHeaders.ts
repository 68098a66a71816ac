import type { ProxyHeaders } from "../support/tlsProxy.js";
import { blocks } from "./documents.js";

/** The configuration of a proxy in docs/operators.md. */
export function proxyFile(language: "nginx" | "caddyfile"): string {
	const block = blocks.find((one) => one.file === "docs/operators.md" && one.language === language);
	if (block === undefined) throw new Error(`docs/operators.md has no ${language}`);
	return block.text;
}

/** The headers nginx sends when configured as in docs/operators.md: each proxy_set_header, with nginx's variables. */
export const nginxHeaders: ProxyHeaders = ({ headers }, caller) => {
	const before = headers["x-forwarded-for"];
	const variables: Readonly<Record<string, string>> = {
		$http_host: headers.host ?? "",
		$scheme: "https",
		$proxy_add_x_forwarded_for: before === undefined ? caller : `${String(before)}, ${caller}`,
	};
	const set = [...proxyFile("nginx").matchAll(/^\s*proxy_set_header (\S+) (\S+);$/gm)];
	return Object.fromEntries(
		set.flatMap(([, name = "", value = ""]) => {
			if (value === '""') return [];
			const known = variables[value];
			if (known === undefined) throw new Error(`nginx: unknown variable ${value}`);
			return [[name.toLowerCase(), known]];
		}),
	);
};

/** The headers Caddy's reverse_proxy sends by default. It discards forwarding headers from untrusted callers. */
export const caddyHeaders: ProxyHeaders = ({ headers }, caller) => ({
	host: headers.host,
	"x-forwarded-for": caller,
	"x-forwarded-host": headers.host,
	"x-forwarded-proto": "https",
});
