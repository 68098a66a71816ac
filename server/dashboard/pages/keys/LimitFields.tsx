import { Button, Collapse, Group, NumberInput, Select, Stack, Text } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useDisclosure, useId } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import type { KeyFormValues } from "./keyForm.js";

interface LimitFieldsProps {
	readonly form: UseFormReturnType<KeyFormValues>;
}

/** Rate limit and quota. Collapsed, because few keys need them. */
export function LimitFields({ form }: LimitFieldsProps) {
	const { rateLimit, quota } = form.values;
	const [open, collapse] = useDisclosure(rateLimit.limit !== "" || quota.limit !== "");
	const id = useId();
	const hasErrors = Object.keys(form.errors).some((path) => /^(rateLimit|quota)\b/.test(path));
	const isExpanded = open || hasErrors;
	const IconComponent = isExpanded ? IconChevronDown : IconChevronRight;
	return (
		<div>
			<Button
				variant="subtle"
				color="gray"
				px={6}
				ml={-6}
				leftSection={<IconComponent size={16} aria-hidden />}
				aria-expanded={isExpanded}
				aria-controls={id}
				onClick={collapse.toggle}
			>
				Limits
			</Button>
			<Collapse expanded={isExpanded} id={id}>
				<Stack gap="md" pt="xs">
					<div>
						<Group gap="sm" align="flex-end" grow>
							<NumberInput
								label="Rate limit (requests)"
								placeholder="No limit"
								min={1}
								max={1_000_000}
								allowDecimal={false}
								thousandSeparator=","
								{...form.getInputProps("rateLimit.limit")}
							/>
							<NumberInput
								label="Window (seconds)"
								min={1}
								max={86_400}
								allowDecimal={false}
								thousandSeparator=","
								{...form.getInputProps("rateLimit.windowSeconds")}
							/>
						</Group>
						<Text size="xs" c="dimmed" mt={4}>
							Sliding window, per server instance. Requests beyond it are denied with rate_limited.
						</Text>
					</div>
					<div>
						<Group gap="sm" align="flex-end" grow>
							<NumberInput
								label="Quota (requests)"
								placeholder="No quota"
								min={1}
								max={1_000_000_000_000}
								allowDecimal={false}
								thousandSeparator=","
								{...form.getInputProps("quota.limit")}
							/>
							<Select
								label="Period"
								data={[
									{ value: "day", label: "Day (UTC)" },
									{ value: "month", label: "Month (UTC)" },
								]}
								{...form.getInputProps("quota.period")}
							/>
						</Group>
						<Text size="xs" c="dimmed" mt={4}>
							Counted across all server instances, with a few seconds' delay.
						</Text>
					</div>
				</Stack>
			</Collapse>
		</div>
	);
}
