import { Group, Text } from "@mantine/core";
import { basePath } from "../basePath.js";

export function Wordmark() {
	return (
		<Group gap={8} wrap="nowrap">
			<img src={`${basePath}/favicon.svg`} alt="" width={22} height={22} />
			<Text fw={650} size="sm" span>
				Placelock
			</Text>
		</Group>
	);
}
