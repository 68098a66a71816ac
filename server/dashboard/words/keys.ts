/** What each kind of key is for, for whoever chooses one. */
export const kindWords = {
	game: {
		label: "Game",
		about: "For the module in a Roblox game. It works only in places of this workspace.",
	},
	service: {
		label: "Service",
		about: "For another backend of yours: it asks Placelock whether a token it was shown is good.",
	},
	admin: { label: "Admin", about: "Acts for an account on the management API." },
} as const;

/** What each status of a key means for the calls that are made with it. */
export const statusWords = {
	active: { label: "Active", about: "Calls with it are accepted.", colour: "green" },
	disabled: {
		label: "Disabled",
		about: "Paused: every call is refused until it is enabled again.",
		colour: "yellow",
	},
	expired: {
		label: "Expired",
		about: "Its expiry is past, and every call is refused. A later expiry makes it good again.",
		colour: "orange",
	},
	idle: {
		label: "Idle",
		about:
			"Unused for longer than the workspace allows, and so every call is refused. Rotating it, or raising the workspace's idle limit, makes it good again.",
		colour: "orange",
	},
	revoked: { label: "Revoked", about: "Ended for good: every call is refused.", colour: "red" },
} as const;

/** What there is to do for who has lost a new token. */
export const withoutToken =
	"Without it the key is of no use until it is rotated, which gives it a new token.";
