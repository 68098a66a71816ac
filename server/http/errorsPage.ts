import { type ErrorCode, errors } from "../../shared/errors.js";
import { htmlPage, withCode } from "./html.js";

/** `/docs/errors`: the error catalogue as a page, with an anchor for each code. The `type` of a problem points here. */
export function errorsPage(): string {
	const codes = Object.keys(errors) as ErrorCode[];
	const statuses = [...new Set(codes.map((code) => errors[code].status))];
	const contents = statuses.map((status) => {
		const links = codes
			.filter((code) => errors[code].status === status)
			.map((code) => `<a href="#${code}"><code>${code}</code></a>`);
		return `<tr><th scope="row">${status}</th><td>${links.join(" ")}</td></tr>`;
	});
	return htmlPage(
		"Placelock: errors",
		'<link rel="icon" href="favicon.png">\n<link rel="stylesheet" href="page.css">',
		`<main>
<p><a href="../docs">Placelock API</a></p>
<h1>Errors</h1>
<p>Every error has a <code>code</code> for programs to act on, and a <code>requestId</code> to find it by in the server's log.</p>
<table>
${contents.join("\n")}
</table>
${codes.map(section).join("\n")}
</main>`,
	);
}

function section(code: ErrorCode): string {
	const { status, title, fix, retry } = errors[code];
	const again = retry
		? "Yes, it can succeed later without any change."
		: "No, something has to change first.";
	return `<section id="${code}">
<h2><code>${code}</code> <a href="#${code}" aria-label="Link to ${code}">#</a></h2>
<dl>
<dt>Status</dt><dd>${status}</dd>
<dt>What happened</dt><dd>${withCode(title)}.</dd>
<dt>What to do</dt><dd>${withCode(fix)}</dd>
<dt>Does retrying help?</dt><dd>${again}</dd>
</dl>
</section>`;
}
