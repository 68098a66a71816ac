/**
 * Compares the output in a document with the real one, apart from what differs
 * every time: IDs, tokens, times, ports and folders. `…` in a document stands
 * for anything.
 */
export function expectShown(shown: string, real: string): void {
	const [wanted, got] = [masked(shown), masked(real)];
	if (!wanted.includes("…")) {
		expect(got).toBe(wanted);
		return;
	}
	const parts = wanted.split("…").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
	expect(got).toMatch(new RegExp(`^${parts.join("[\\s\\S]*")}$`));
}

function masked(text: string): string {
	return text
		.replaceAll("\r\n", "\n")
		.replace(/\bplk_(game|svc|adm)_[0-9A-Za-z]+…?/g, "plk_$1_<token>")
		.replace(/\bws_[0-9A-Za-z]{12}\b/g, "ws_<id>")
		.replace(/\b(key|revoke)( +)[0-9A-Za-z]{12}\b/g, "$1$2<id>")
		.replace(/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{3}Z)?/g, "<time>")
		.replace(/^ *\d+\.\d\d s /gm, "<seconds> ")
		.replace(/\(\d+ ms\)/g, "(<milliseconds>)")
		.replace(/\b127\.0\.0\.1:\d+/g, "127.0.0.1:<port>")
		.replace(/^Data: .+ \(/gm, "Data: <folder> (")
		.trimEnd();
}
