/** How sure the server must be of the place, for whoever chooses it. It is policy, not cryptography; so the words say. */
export const placeProofLabels = {
	claimed: {
		label: "Claimed",
		description:
			"The call only has to say which place it comes from. Anybody who has the key can say that, from anywhere. For trying things out, and for calls that do not come from Roblox.",
	},
	header: {
		label: "Header",
		description:
			"Roblox's own Roblox-Id header must say so. A script inside Roblox cannot set it, so another game cannot use your key. Outside Roblox it can be forged, so the key stays the secret. Right for most.",
	},
	network: {
		label: "Network",
		description:
			"The header, and the call must come from an address in PLACELOCK_ROBLOX_NETWORKS. On a server where that is not set, every call is refused.",
	},
} as const;

export type PlaceProof = keyof typeof placeProofLabels;
