/** Pages as strings: too small for a template language. */

/** Escapes text, so that a browser shows it unchanged. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Escapes text and turns `backticks` into code elements. */
export function withCode(text: string): string {
	return escapeHtml(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}

/**
 * A whole page. `head` and `body` are HTML. References must be relative, so that
 * the page works behind a proxy under any path.
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
