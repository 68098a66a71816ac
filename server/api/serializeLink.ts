import type { CreatedLink } from "../accounts/createLink.js";
import { isoTime } from "../primitives/timestamps.js";

/** A link as the API returns it, only once. `linkTo` turns a path into a public URL. */
export function serializeLink({ record, path }: CreatedLink, linkTo: (path: string) => string) {
	return { link: linkTo(path), expiresAt: isoTime(record.expiresAt) };
}
