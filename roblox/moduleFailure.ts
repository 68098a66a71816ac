import { createRedactor } from "./redact.js";
import { type Failure, failed } from "./results.js";

const redact = createRedactor(undefined);

/** What a call answers when the module itself broke: nothing after connect throws, a fault of its own included. */
export function moduleFault(thrown: unknown): Failure {
	return failed({
		kind: "protocol",
		code: "module_fault",
		message: redact(
			`The module itself failed: ${tostring(thrown)}. Call again; if that does not help, use the newest version, or report this text.`,
		),
	});
}
