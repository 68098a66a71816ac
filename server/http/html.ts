/** Pages as text: small enough that a template language would be more than what it replaces. */

/** The text so that a browser shows it as it is. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Escaped text, with what stands in backticks as code. */
export function withCode(text: string): string {
	return escapeHtml(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}

/**
 * A whole page. `head` and `body` are HTML. What it refers to must be
 * relative, so that it works behind a proxy under any path.
 */
export function htmlPage(title: string, head: string, body: string): string {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
${head}
</head>
<body>
${body}
</body>
</html>
`;
}
