import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./RecordTable.module.css";

export interface Column<R> {
	readonly title: string;
	readonly cell: (record: R) => ReactNode;
	/** As narrow as its content; the others share the rest. */
	readonly fit?: boolean;
	/** Aligned to the right: numbers and actions. */
	readonly right?: boolean;
	/** Hides the title visually, for the column of actions. */
	readonly untitled?: boolean;
}

interface RecordTableProps<R> {
	/** What it lists, for screen readers. */
	readonly label: string;
	readonly columns: readonly Column<R>[];
	readonly records: readonly R[];
	readonly keyOf: (record: R) => string;
	/** For lists that load more on demand. */
	readonly more?: { readonly hasMore: boolean; readonly isLoadingMore: boolean; loadMore(): void };
}

/** A table of records. On a phone each record is a card, with the column titles beside the values. */
export function RecordTable<R>({ label, columns, records, keyOf, more }: RecordTableProps<R>) {
	return (
		<>
			<div className={classes.frame}>
				{/* Explicit roles: browsers drop them when CSS displays a table as cards. */}
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
