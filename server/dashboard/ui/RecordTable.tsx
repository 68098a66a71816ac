import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./RecordTable.module.css";

export interface Column<R> {
	readonly title: string;
	readonly cell: (record: R) => ReactNode;
	/** The narrowest it needs to be; the others share what is left. */
	readonly fit?: boolean;
	/** Numbers and acts stand at the right. */
	readonly right?: boolean;
	/** A column whose title says nothing to who sees it: the acts. */
	readonly untitled?: boolean;
}

interface RecordTableProps<R> {
	/** What it lists, for who does not see it. */
	readonly label: string;
	readonly columns: readonly Column<R>[];
	readonly records: readonly R[];
	readonly keyOf: (record: R) => string;
	/** When there are more to load. */
	readonly more?: { readonly hasMore: boolean; readonly isLoadingMore: boolean; loadMore(): void };
}

/** Records as a table; on a phone each is a card, with the columns' titles beside the values. */
export function RecordTable<R>({ label, columns, records, keyOf, more }: RecordTableProps<R>) {
	return (
		<>
			<div className={classes.frame}>
				{/* The roles are written out because a browser forgets them when CSS shows a table as cards. */}
				{/* biome-ignore lint/a11y/noRedundantRoles: see above */}
				<table className={classes.table} aria-label={label} role="table">
					{/* biome-ignore lint/a11y/noRedundantRoles: see above */}
					<thead role="rowgroup">
						{/* biome-ignore lint/a11y/noRedundantRoles: see above */}
						<tr role="row">
							{columns.map(({ title, fit, right, untitled }) => (
								<th
									key={title}
									scope="col"
									// biome-ignore lint/a11y/noRedundantRoles: see above
									role="columnheader"
									data-fit={fit || undefined}
									data-right={right || undefined}
								>
									{untitled ? <span className={classes.hidden}>{title}</span> : title}
								</th>
							))}
						</tr>
					</thead>
					{/* biome-ignore lint/a11y/noRedundantRoles: see above */}
					<tbody role="rowgroup">
						{records.map((record) => (
							// biome-ignore lint/a11y/noRedundantRoles: see above
							<tr key={keyOf(record)} role="row">
								{columns.map(({ title, cell, fit, right, untitled }) => (
									<td
										key={title}
										// biome-ignore lint/a11y/noRedundantRoles: see above
										role="cell"
										data-title={untitled ? undefined : title}
										data-fit={fit || undefined}
										data-right={right || undefined}
									>
										{cell(record)}
									</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
			{more?.hasMore && (
				<Group justify="center" mt="md">
					<Button variant="default" loading={more.isLoadingMore} onClick={() => more.loadMore()}>
						Show more
					</Button>
				</Group>
			)}
		</>
	);
}
