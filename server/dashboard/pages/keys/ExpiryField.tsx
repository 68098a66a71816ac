import { Group, Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { expiries, type KeyFormValues, localField } from "./keyForm.js";

const words: Record<(typeof expiries)[number], string> = {
	never: "Never",
	"7": "In 7 days",
	"30": "In 30 days",
	"90": "In 90 days",
	"365": "In a year",
	date: "On a date…",
};

export function ExpiryField({ form }: { readonly form: UseFormReturnType<KeyFormValues> }) {
	const isDate = form.values.expiry === "date";
	return (
		<Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
			<Select
				label="Expires"
				description="From then on every call with it is refused."
				data={expiries.map((value) => ({ value, label: words[value] }))}
				{...form.getInputProps("expiry")}
			/>
			{isDate && (
				<TextInput
					label="Date and time"
					description="In your time zone."
					type="datetime-local"
					min={localField(new Date())}
					required
					{...form.getInputProps("expiresOn")}
				/>
			)}
		</Group>
	);
}
