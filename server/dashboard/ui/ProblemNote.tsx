import { Alert, Group, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { asProblem, type FieldError } from "../api/problem.js";
import { CopyButton } from "./CopyButton.js";

interface ProblemNoteProps {
	/** What was thrown; nothing is shown without it. */
	readonly problem: unknown;
	/** Fields that already show their messages. */
	readonly shownFields?: readonly string[];
	/** Shows the request ID for every error, not only for those the server's log explains. */
	readonly withRequest?: boolean;
	/** An action that may help. */
	readonly action?: ReactNode;
}

/** An error: what went wrong, what to do about it, and the request ID to find it in the server's log. */
export function ProblemNote({
	problem: thrown,
	shownFields = [],
	withRequest = false,
	action,
}: ProblemNoteProps) {
	if (thrown === null || thrown === undefined) return null;
	const problem = asProblem(thrown);
	const { title, detail, fix, errors = [], status = 0, retryAfterSeconds, ...details } = problem.details;
	const requestId = withRequest || status >= 500 ? details.requestId : undefined;
	const others = errors.filter(({ path }) => !shownFields.includes(path));
	// All messages are shown beside their fields.
	if (errors.length > 0 && others.length === 0) return null;
	return (
		<Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={title}>
			<Stack gap={6} align="flex-start">
				{detail !== undefined && <Text size="sm">{detail}</Text>}
				{others.length > 0 && <FieldErrors errors={others} />}
				{/* The fix would only refer to the detail above. */}
				{retryAfterSeconds === undefined && <Text size="sm">{fix}</Text>}
				{/* The fix names the Retry-After header, which is for programs. */}
				{retryAfterSeconds !== undefined && (
					<Text size="sm">Wait {formatSeconds(retryAfterSeconds)}, then try again.</Text>
				)}
				{requestId !== undefined && (
					<Group gap={4} wrap="nowrap">
						<Text size="xs" c="dimmed">
							Request ID <code>{requestId}</code>
						</Text>
						<CopyButton value={requestId} label="Copy request ID" small />
					</Group>
				)}
				{action}
			</Stack>
		</Alert>
	);
}

function FieldErrors({ errors }: { readonly errors: readonly FieldError[] }) {
	return (
		<List size="sm">
			{errors.map(({ path, message }) => (
				<List.Item key={`${path} ${message}`}>
					<code>{path}</code> {message}
				</List.Item>
			))}
		</List>
	);
}

function formatSeconds(seconds: number): string {
	if (seconds < 120) return seconds === 1 ? "1 second" : `${Math.ceil(seconds)} seconds`;
	return `${Math.ceil(seconds / 60)} minutes`;
}
