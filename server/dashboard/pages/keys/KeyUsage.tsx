import { BarChart } from "@mantine/charts";
import "@mantine/charts/styles.css";
import { Box, Text } from "@mantine/core";
import { getUsage } from "@shared/endpoints/usage.js";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Loading } from "../../ui/Loading.js";
import { requestsByDay } from "./requestsByDay.js";

const pollMs = 15_000;

/** The requests with a key in the last 30 days, per day. */
export function KeyUsage({ workspaceId, keyId }: { readonly workspaceId: string; readonly keyId: string }) {
	const { data, error, refetch } = useEndpointQuery(
		getUsage,
		{ params: { workspaceId }, query: { bucket: "day", keyId } },
		{ refetchEveryMs: pollMs },
	);
	if (data === undefined) {
		return error === null ? <Loading rows={4} /> : <ErrorState problem={error} tryAgain={refetch} />;
	}
	const { verified, denied } = data.total;
	const summary = `${verified.toLocaleString("en")} verified and ${denied.toLocaleString("en")} denied in the last 30 days`;
	return (
		<Box>
			<Text size="sm" c="dimmed" mb="sm">
				{summary}, per UTC day.
			</Text>
			{verified + denied > 0 && (
				<Box role="img" aria-label={`Requests per day: ${summary}`}>
					<BarChart
						h={210}
						data={requestsByDay(data)}
						dataKey="day"
						type="stacked"
						series={[
							{ name: "Verified", color: "indigo.6" },
							{ name: "Denied", color: "red.5" },
						]}
						withLegend
						legendProps={{ verticalAlign: "bottom", height: 32 }}
						tickLine="none"
						gridAxis="x"
						valueFormatter={(value) => value.toLocaleString("en")}
						xAxisProps={{ minTickGap: 24 }}
						yAxisProps={{ allowDecimals: false, width: 44 }}
						barChartProps={{ accessibilityLayer: false, margin: { top: 8, right: 8 } }}
						barProps={{ isAnimationActive: false }}
					/>
				</Box>
			)}
		</Box>
	);
}
