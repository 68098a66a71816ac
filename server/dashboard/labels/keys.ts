/** What each kind of key is for. */
export const kindLabels = {
	game: {
		label: "Game",
		description: "For the module in your Roblox game. Works only in this workspace's places.",
	},
	service: {
		label: "Service",
		description: "For your own backend, to check whether a token it received is valid.",
	},
	admin: { label: "Admin", description: "For scripts that use the API as an account." },
} as const;

/** What each status of a key means for its requests. */
export const statusLabels = {
	active: { label: "Active", description: "Requests are accepted.", colour: "green" },
	disabled: {
		label: "Disabled",
		description: "Requests are denied until the key is enabled again.",
		colour: "yellow",
	},
	expired: {
		label: "Expired",
		description: "The expiry date has passed, so requests are denied. Set a later date to use the key again.",
		colour: "orange",
	},
	idle: {
		label: "Idle",
		description:
			"Unused for longer than the workspace allows, so requests are denied. Rotate the key or raise the workspace's limit to use it again.",
		colour: "orange",
	},
	revoked: { label: "Revoked", description: "Permanently revoked. All requests are denied.", colour: "red" },
} as const;

/** What to do if a new token is lost. */
export const ifTokenLost = "If you lose it, rotate the key to get a new one.";
