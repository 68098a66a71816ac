import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconCircleCheck, IconHourglass } from "@tabler/icons-react";
import { exactTime } from "../../ui/relativeTime.js";
import { Time } from "../../ui/Time.js";
import { useNowEverySecond } from "../../ui/useNow.js";
import { formatRemaining } from "./formatRemaining.js";
import { isInOverlap, type Key } from "./key.js";

/**
 * How long after a rotation that no call was made with the old token says
 * nothing: the module asks every five minutes by itself unless it is told
 * otherwise, and what it did shows some seconds later.
 */
const settlingMs = 6 * 60_000;

interface OverlapNoteProps {
	readonly record: Key;
	/** Absent: the account may not. */
	readonly endNow?: () => void;
}

/** How long the token before the last rotation is still good, and whether anyone still uses it. */
export function OverlapNote({ record: key, endNow }: OverlapNoteProps) {
	const now = useNowEverySecond();
	const { previousValidUntil, previousLastUsedAt, state } = key;
	if (state === "revoked") return null;
	if (previousValidUntil === undefined || !isInOverlap(key, now)) {
		if (previousLastUsedAt === undefined) return null;
		return (
			<Alert color="gray" icon={<IconHourglass aria-hidden />} title="The old token has ended">
				<Text size="sm">
					It was used <Time at={previousLastUsedAt} />, after the rotation. Whoever still uses it is refused
					now.
				</Text>
			</Alert>
		);
	}
	const used = previousLastUsedAt !== undefined;
	const settling = !used && now.getTime() - Date.parse(key.rotatedAt ?? key.updatedAt) < settlingMs;
	return (
		<Alert
			color={used ? "yellow" : settling ? "gray" : "green"}
			icon={used || settling ? <IconHourglass aria-hidden /> : <IconCircleCheck aria-hidden />}
			title={
				used
					? "The old token is still in use"
					: settling
						? "No call with the old token yet"
						: "Nobody uses the old token"
			}
		>
			<Stack gap="xs" align="flex-start">
				<Text size="sm" role="status">
					{used ? (
						<>
							It was last used <Time at={previousLastUsedAt} />, since the rotation. Put the new token
							wherever that call came from; game servers that run keep the old one until they restart.
						</>
					) : settling ? (
						"It was rotated a moment ago. Game servers ask by themselves every five minutes, unless the game says otherwise. Wait before you trust this."
					) : (
						"No call was made with it since the rotation, as of a few seconds ago."
					)}
				</Text>
				<Text size="sm">
					It ends in{" "}
					<strong role="timer">{formatRemaining(Date.parse(previousValidUntil) - now.getTime())}</strong> (
					{exactTime(new Date(previousValidUntil))}).
				</Text>
				{endNow !== undefined && !settling && (
					<Button variant="default" size="xs" onClick={endNow}>
						End the old token now…
					</Button>
				)}
			</Stack>
		</Alert>
	);
}
