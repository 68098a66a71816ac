/** What each kind of key is for, for whoever chooses one. */
export const kindLabels = {
	game: {
		label: "Game",
		description: "For the module in a Roblox game. It works only in places of this workspace.",
	},
	service: {
		label: "Service",
		description: "For another backend of yours: it asks Placelock whether a token it was shown is good.",
	},
	admin: { label: "Admin", description: "Acts for an account on the management API." },
} as const;

/** What each state of a key means for the calls that are made with it. */
export const statusLabels = {
	active: { label: "Active", description: "Calls with it are accepted.", colour: "green" },
	disabled: {
		label: "Disabled",
		description: "Paused: every call is refused until it is enabled again.",
		colour: "yellow",
	},
	expired: {
		label: "Expired",
		description: "Its expiry is past, and every call is refused. A later expiry makes it good again.",
		colour: "orange",
	},
	idle: {
		label: "Idle",
		description:
			"Unused for longer than the workspace allows, and so every call is refused. Rotating it, or raising the workspace's idle limit, makes it good again.",
		colour: "orange",
	},
	revoked: { label: "Revoked", description: "Ended for good: every call is refused.", colour: "red" },
} as const;

/** What there is to do for who has lost a new token. */
export const ifTokenLost = "Without it the key is of no use until it is rotated, which gives it a new token.";
