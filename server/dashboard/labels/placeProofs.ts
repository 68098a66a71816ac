/** What each level of proof checks. It is policy, not cryptography, and the texts say so. */
export const placeProofLabels = {
	claimed: {
		label: "Claimed",
		description:
			"The request states its place, unchecked: anyone with the key can claim any place. For testing, and for requests from outside Roblox.",
	},
	header: {
		label: "Header",
		description:
			"Roblox's own Roblox-Id header must name the place. Scripts inside Roblox cannot set it, so other games cannot use your key. Outside Roblox it can be forged, so keep the key secret. Right for most games.",
	},
	network: {
		label: "Network",
		description:
			"The header must name the place, and the request must come from an address in PLACELOCK_ROBLOX_NETWORKS. If the server has none configured, all requests are denied.",
	},
} as const;

export type PlaceProof = keyof typeof placeProofLabels;
