import { Alert, Group, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { asProblem, type FieldError } from "../api/problem.js";
import { CopyButton } from "./CopyButton.js";

interface ProblemNoteProps {
	/** What was thrown; nothing is shown without. */
	readonly problem: unknown;
	/** Fields whose messages stand beside them already. */
	readonly shownFields?: readonly string[];
	/** Shows the request's id whatever went wrong, not only what the server's log has more about. */
	readonly withRequest?: boolean;
	/** What can be done about it here. */
	readonly action?: ReactNode;
}

/** What went wrong, what to do about it, and the id under which the server's log has it. */
export function ProblemNote({
	problem: thrown,
	shownFields = [],
	withRequest = false,
	action,
}: ProblemNoteProps) {
	if (thrown === null || thrown === undefined) return null;
	const {
		code,
		title,
		detail,
		fix,
		errors = [],
		status = 0,
		retryAfterSeconds,
		...details
	} = asProblem(thrown).details;
	const requestId = withRequest || status >= 500 ? details.requestId : undefined;
	const others = errors.filter(({ path }) => !shownFields.includes(path));
	// All of it stands beside the fields.
	if (errors.length > 0 && others.length === 0) return null;
	return (
		<Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={title}>
			<Stack gap={6} align="flex-start">
				{detail !== undefined && <Text size="sm">{detail}</Text>}
				{others.length > 0 && <FieldErrors errors={others} />}
				{/* All that a conflict's fix says is to read the detail, which stands above. */}
				{retryAfterSeconds === undefined && (code !== "conflict" || detail === undefined) && (
					<Text size="sm">{fix}</Text>
				)}
				{/* The fix speaks of a header, to programs. */}
				{retryAfterSeconds !== undefined && (
					<Text size="sm">Wait {inWords(retryAfterSeconds)}, then try again.</Text>
				)}
				{requestId !== undefined && (
					<Group gap={4} wrap="nowrap">
						<Text size="xs" c="dimmed">
							Request <code>{requestId}</code>
						</Text>
						<CopyButton value={requestId} label="Copy the request's id" small />
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

function inWords(seconds: number): string {
	if (seconds < 120) return seconds === 1 ? "1 second" : `${Math.ceil(seconds)} seconds`;
	return `${Math.ceil(seconds / 60)} minutes`;
}
