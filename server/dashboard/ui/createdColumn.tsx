import { Text } from "@mantine/core";
import type { Column } from "./RecordTable.js";
import { Time } from "./Time.js";

/** A column with the creation time. `title`: "Created", "Member since". */
export function createdColumn(title: string): Column<{ readonly createdAt: string }> {
	return {
		title,
		fit: true,
		cell: ({ createdAt }) => (
			<Text size="sm" c="dimmed" span>
				<Time at={createdAt} />
			</Text>
		),
	};
}
