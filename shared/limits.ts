/** Bounds that both sides hold to, and that the documentation quotes. */
export const limits = {
	/** Largest request body, in bytes, after inflating. */
	bodyBytes: 65536,
	/** How long, in seconds, the SDK may treat a verification as fresh. */
	cacheSeconds: 60,
	/** Code points in a name. */
	nameLength: 100,
	/** Code points in a description. */
	descriptionLength: 500,
	/** Scopes on one key. */
	scopesPerKey: 50,
	/** Places one game key can be narrowed to. */
	placesPerKey: 100,
	/** Addresses and ranges on one key's IP allow-list. */
	allowedIpsPerKey: 100,
	/** Keys a workspace may hold that are not revoked, unless it says otherwise. */
	keysPerWorkspace: 1000,
	/** Records on one page of a list. */
	pageSize: 100,
	/** Records on a page when the caller does not say. */
	defaultPageSize: 50,
	/** Longest time, in seconds, a rotated-out token can stay valid: 30 days. */
	overlapSeconds: 2592000,
	/** How long, in seconds, a rotated-out token stays valid when the caller does not say: one day. */
	defaultOverlapSeconds: 86400,
} as const;
