import { Button, Collapse, Group, NumberInput, Select, Stack, Text } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useDisclosure, useId } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import type { KeyFormValues } from "./keyForm.js";

interface LimitFieldsProps {
	readonly form: UseFormReturnType<KeyFormValues>;
}

/** How often a key may be used. Folded away: few keys need it. */
export function LimitFields({ form }: LimitFieldsProps) {
	const { rateLimit, quota } = form.values;
	const [open, fold] = useDisclosure(rateLimit.limit !== "" || quota.limit !== "");
	const id = useId();
	const wrong = Object.keys(form.errors).some((path) => /^(rateLimit|quota)\b/.test(path));
	const shown = open || wrong;
	const IconComponent = shown ? IconChevronDown : IconChevronRight;
	return (
		<div>
			<Button
				variant="subtle"
				color="gray"
				px={6}
				ml={-6}
				leftSection={<IconComponent size={16} aria-hidden />}
				aria-expanded={shown}
				aria-controls={id}
				onClick={fold.toggle}
			>
				Limits
			</Button>
			<Collapse expanded={shown} id={id}>
				<Stack gap="md" pt="xs">
					<div>
						<Group gap="sm" align="flex-end" grow>
							<NumberInput
								label="Rate limit: calls"
								placeholder="No limit"
								min={1}
								max={1_000_000}
								allowDecimal={false}
								thousandSeparator=","
								{...form.getInputProps("rateLimit.limit")}
							/>
							<NumberInput
								label="within seconds"
								min={1}
								max={86_400}
								allowDecimal={false}
								thousandSeparator=","
								{...form.getInputProps("rateLimit.windowSeconds")}
							/>
						</Group>
						<Text size="xs" c="dimmed" mt={4}>
							Within any span of that many seconds, counted by each server instance. Calls over it are
							answered rate_limited.
						</Text>
					</div>
					<div>
						<Group gap="sm" align="flex-end" grow>
							<NumberInput
								label="Quota: calls"
								placeholder="No quota"
								min={1}
								max={1_000_000_000_000}
								allowDecimal={false}
								thousandSeparator=","
								{...form.getInputProps("quota.limit")}
							/>
							<Select
								label="in a"
								data={[
									{ value: "day", label: "Day (UTC)" },
									{ value: "month", label: "Month (UTC)" },
								]}
								{...form.getInputProps("quota.period")}
							/>
						</Group>
						<Text size="xs" c="dimmed" mt={4}>
							Over all server instances, a few seconds behind.
						</Text>
					</div>
				</Stack>
			</Collapse>
		</div>
	);
}
