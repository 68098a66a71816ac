import { Text } from "@mantine/core";
import type { Column } from "./RecordTable.js";
import { Time } from "./Time.js";

/** The column of a list that says since when each record is there; `title`: "Created", "Member since". */
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
