import { Badge, Group, Text, Tooltip } from "@mantine/core";
import { wildcardScope } from "@shared/scopes.js";

/** Custom scopes can be long: the badge grows instead of overflowing its column. */
const growing = {
	root: { height: "auto", minWidth: 0, maxWidth: "100%" },
	label: { whiteSpace: "normal", textAlign: "start" },
} as const;

interface KeyScopesProps {
	readonly scopes: readonly string[];
	/** How many are shown before the rest is summarised. */
	readonly most?: number;
}

export function KeyScopes({ scopes, most = Number.POSITIVE_INFINITY }: KeyScopesProps) {
	if (scopes.length === 0) {
		return (
			<Text size="sm" c="dimmed" span>
				None
			</Text>
		);
	}
	const others = scopes.slice(most);
	return (
		<Group gap={4}>
			{scopes.slice(0, most).map((scope) =>
				scope === wildcardScope ? (
					<Badge key={scope} color="orange">
						* full access
					</Badge>
				) : (
					<Badge key={scope} color="gray" styles={growing}>
						{scope}
					</Badge>
				),
			)}
			{others.length > 0 && (
				<Tooltip
					label={others.join(", ")}
					multiline
					maw={320}
					events={{ hover: true, focus: true, touch: true }}
				>
					<Badge
						color="gray"
						variant="outline"
						tabIndex={0}
						aria-label={`and ${others.join(", ")}`}
						role="note"
					>
						+{others.length}
					</Badge>
				</Tooltip>
			)}
		</Group>
	);
}
