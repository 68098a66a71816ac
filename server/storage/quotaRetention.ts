/** How long a quota counter is kept after its period began, in milliseconds: past the end of the longest, a month. */
export const quotaKeptMs = 62 * 86_400_000;
