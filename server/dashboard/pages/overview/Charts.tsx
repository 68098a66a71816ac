import { BarChart, LineChart } from "@mantine/charts";
import { Box, Button, Group, Table, Title, VisuallyHidden } from "@mantine/core";
import { IconChartBar, IconTable } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import "@mantine/charts/styles.css";
import { type Activity, count, duration, pointLabel, type Span, shortCount, spanLabels } from "./activity.js";
import classes from "./Overview.module.css";

/** The points of a time range, as charts or as the table behind them. */
export function Charts({ activity }: { readonly activity: Activity }) {
	const [asTable, setAsTable] = useState(false);
	return (
		<Box>
			<Group justify="flex-end" mb="xs">
				<Button
					variant="subtle"
					color="gray"
					size="compact-xs"
					leftSection={asTable ? <IconChartBar size={14} aria-hidden /> : <IconTable size={14} aria-hidden />}
					onClick={() => setAsTable(!asTable)}
				>
					{asTable ? "Show as charts" : "Show as table"}
				</Button>
			</Group>
			{asTable ? <PointTable activity={activity} /> : <BothCharts activity={activity} />}
		</Box>
	);
}

const height = 220;
// The page updates itself, so unchanged charts must not move.
const noAnimation = { isAnimationActive: false } as const;
// An image with a description, not a control: the table can be navigated.
const notInteractive = { accessibilityLayer: false, margin: { top: 8, right: 8 } } as const;
const legend = { verticalAlign: "bottom", height: 32 } as const;

function BothCharts({ activity: { span: spanName, points, total } }: { readonly activity: Activity }) {
	const span = spanName as Span;
	const data = points.map(({ at, verified, denied, latency }) => ({
		at: pointLabel(span, at),
		verified,
		denied,
		p50: latency?.p50Ms ?? null,
		p95: latency?.p95Ms ?? null,
	}));
	const { range } = spanLabels[span];
	const requests = `Requests in ${range}: ${count(total.verified)} verified, ${count(total.denied)} denied.`;
	const { latency } = total;
	const latencies =
		latency === undefined
			? `No requests in ${range}.`
			: `Latency in ${range}: p50 ${duration(latency.p50Ms)}, p95 ${duration(latency.p95Ms)}.`;
	return (
		<div className={classes.charts}>
			<Panel title="Requests" summary={requests}>
				<BarChart
					h={height}
					data={data}
					dataKey="at"
					type="stacked"
					series={[
						{ name: "verified", label: "Verified", color: "indigo.6" },
						{ name: "denied", label: "Denied", color: "red.5" },
					]}
					withLegend
					legendProps={legend}
					tickLine="none"
					gridAxis="x"
					xAxisProps={{ minTickGap: 24 }}
					yAxisProps={{ allowDecimals: false, width: 44, tickFormatter: shortCount }}
					valueFormatter={count}
					barProps={noAnimation}
					barChartProps={notInteractive}
					tooltipAnimationDuration={0}
				/>
			</Panel>
			<Panel title="Latency" summary={latencies}>
				<LineChart
					h={height}
					data={data}
					dataKey="at"
					series={[
						{ name: "p50", label: "p50", color: "teal.6" },
						{ name: "p95", label: "p95", color: "orange.6" },
					]}
					withLegend
					legendProps={legend}
					tickLine="none"
					gridAxis="x"
					curveType="linear"
					connectNulls={false}
					strokeWidth={2}
					dotProps={{ r: 2 }}
					xAxisProps={{ minTickGap: 24 }}
					yAxisProps={{ width: 68, tickFormatter: duration }}
					valueFormatter={duration}
					lineProps={noAnimation}
					lineChartProps={notInteractive}
					tooltipAnimationDuration={0}
				/>
			</Panel>
		</div>
	);
}

/** A chart, with a summary for screen readers. */
function Panel({
	title,
	summary,
	children,
}: {
	readonly title: string;
	readonly summary: string;
	readonly children: ReactNode;
}) {
	return (
		<section className={classes.panel}>
			<Title order={2} mb="sm">
				{title}
			</Title>
			<VisuallyHidden>{summary}</VisuallyHidden>
			<div aria-hidden>{children}</div>
		</section>
	);
}

function PointTable({ activity: { span: spanName, points } }: { readonly activity: Activity }) {
	const span = spanName as Span;
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
		<section className={`${classes.panel} ${classes.table}`} tabIndex={0} aria-label="Requests and latency">
			<Table stickyHeader>
				<Table.Thead>
					<Table.Tr>
						<Table.Th>{spanLabels[span].point}</Table.Th>
						<Table.Th ta="right">Verified</Table.Th>
						<Table.Th ta="right">Denied</Table.Th>
						<Table.Th ta="right">p50</Table.Th>
						<Table.Th ta="right">p95</Table.Th>
					</Table.Tr>
				</Table.Thead>
				<Table.Tbody>
					{[...points].reverse().map(({ at, verified, denied, latency }) => (
						<Table.Tr key={at}>
							<Table.Td>{pointLabel(span, at)}</Table.Td>
							<Table.Td ta="right">{count(verified)}</Table.Td>
							<Table.Td ta="right">{count(denied)}</Table.Td>
							<Table.Td ta="right">{latency === undefined ? "–" : duration(latency.p50Ms)}</Table.Td>
							<Table.Td ta="right">{latency === undefined ? "–" : duration(latency.p95Ms)}</Table.Td>
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
		</section>
	);
}
