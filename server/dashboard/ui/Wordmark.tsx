import { Group, Text } from "@mantine/core";
import { where } from "../where.js";

export function Wordmark() {
	return (
		<Group gap={8} wrap="nowrap">
			<img src={`${where}/favicon.svg`} alt="" width={22} height={22} />
			<Text fw={650} size="sm" span>
				Placelock
			</Text>
		</Group>
	);
}
