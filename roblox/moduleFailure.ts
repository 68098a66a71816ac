import { createRedactor } from "./redact.js";
import { type Failure, failed } from "./results.js";

const redact = createRedactor(undefined);

/** The failure for an error inside the module itself. Nothing after `connect` throws, not even that. */
export function moduleFailure(thrown: unknown): Failure {
	return failed({
		kind: "protocol",
		code: "module_fault",
		message: redact(
			`The module failed: ${tostring(thrown)}. Try again. If it fails again, update to the newest version or report this message.`,
		),
	});
}
