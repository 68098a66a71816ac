import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconCircleCheck, IconHourglass } from "@tabler/icons-react";
import { exactTime } from "../../ui/relativeTime.js";
import { Time } from "../../ui/Time.js";
import { useNowEverySecond } from "../../ui/useNow.js";
import { formatRemaining } from "./formatRemaining.js";
import { isInOverlap, type Key } from "./key.js";

/**
 * How long after a rotation the absence of requests with the old token proves nothing:
 * by default the module verifies every five minutes, and requests show up here some
 * seconds later.
 */
const settlingMs = 6 * 60_000;

interface OverlapNoteProps {
	readonly record: Key;
	/** Absent if the account has no permission. */
	readonly revokeNow?: () => void;
}

/** How long the old token stays valid after a rotation, and whether it is still used. */
export function OverlapNote({ record: key, revokeNow }: OverlapNoteProps) {
	const now = useNowEverySecond();
	const { previousValidUntil, previousLastUsedAt, status } = key;
	if (status === "revoked") return null;
	if (previousValidUntil === undefined || !isInOverlap(key, now)) {
		if (previousLastUsedAt === undefined) return null;
		return (
			<Alert color="gray" icon={<IconHourglass aria-hidden />} title="The old token has expired">
				<Text size="sm">
					It was last used <Time at={previousLastUsedAt} />, after the rotation. Requests with it are now
					denied.
				</Text>
			</Alert>
		);
	}
	const used = previousLastUsedAt !== undefined;
	const tooEarly = !used && now.getTime() - Date.parse(key.rotatedAt ?? key.updatedAt) < settlingMs;
	return (
		<Alert
			color={used ? "yellow" : tooEarly ? "gray" : "green"}
			icon={used || tooEarly ? <IconHourglass aria-hidden /> : <IconCircleCheck aria-hidden />}
			title={
				used
					? "The old token is still in use"
					: tooEarly
						? "No requests with the old token yet"
						: "The old token is no longer in use"
			}
		>
			<Stack gap="xs" align="flex-start">
				<Text size="sm" role="status">
					{used ? (
						<>
							Last used <Time at={previousLastUsedAt} />, after the rotation. Replace it where that request
							came from. Running game servers keep the old token until they restart.
						</>
					) : tooEarly ? (
						"Too early to tell; check again in a few minutes. Game servers verify every five minutes unless configured otherwise."
					) : (
						"No requests with it since the rotation, as of a few seconds ago."
					)}
				</Text>
				<Text size="sm">
					It expires in{" "}
					<strong role="timer">{formatRemaining(Date.parse(previousValidUntil) - now.getTime())}</strong> (
					{exactTime(new Date(previousValidUntil))}).
				</Text>
				{revokeNow !== undefined && !tooEarly && (
					<Button variant="default" size="xs" onClick={revokeNow}>
						Revoke old token now…
					</Button>
				)}
			</Stack>
		</Alert>
	);
}
