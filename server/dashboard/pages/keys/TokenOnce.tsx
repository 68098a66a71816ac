import { Alert, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { CopyButton } from "../../ui/CopyButton.js";
import { useLeaveGuard } from "../../ui/useLeaveGuard.js";

interface TokenOnceProps {
	readonly token: string;
	readonly title: string;
	readonly action?: ReactNode;
	readonly onCopied?: () => void;
}

/** A new token, this once. Until it was copied, leaving is asked about. */
export function TokenOnce({ token, title, action, onCopied }: TokenOnceProps) {
	const [copied, setCopied] = useState(false);
	const field = useRef<HTMLInputElement>(null);
	const taken = () => {
		setCopied(true);
		onCopied?.();
	};
	const leaving = useLeaveGuard(!copied, {
		title: "Leave without the token?",
		consequence:
			"You have not copied the token, and it cannot be shown again. Without it the key is of no use until it is rotated, which gives it a new token.",
		stay: "Stay here",
		leave: "Leave without it",
	});
	useEffect(() => field.current?.focus(), []);
	return (
		<Alert color="green" icon={<IconKey aria-hidden />} title={title}>
			<Stack gap="sm">
				<Text size="sm">
					<strong>Copy the token now: it cannot be shown again.</strong> Placelock keeps no more than a digest
					of it. Whoever has it can use the key, so keep it like a password.
				</Text>
				<Group gap="xs" align="flex-end">
					<TextInput
						ref={field}
						aria-label="Token"
						value={token}
						readOnly
						flex="1 1 240px"
						ff="monospace"
						styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
						spellCheck={false}
						onFocus={(event) => event.currentTarget.select()}
						onCopy={taken}
					/>
					<CopyButton value={token} label="Copy the token" text="Copy" onCopied={taken} />
					{action}
				</Group>
			</Stack>
			{leaving}
		</Alert>
	);
}
