import { Group, Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { expiries } from "../../labels/expiries.js";
import { serverTime } from "../../serverTime.js";
import { type KeyFormValues, localField } from "./keyForm.js";

export function ExpiryField({ form }: { readonly form: UseFormReturnType<KeyFormValues> }) {
	const isDate = form.values.expiry === "date";
	return (
		<Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
			<Select
				label="Expires"
				description="Requests are denied after this date."
				data={[...expiries, { value: "date", label: "Custom date…" }]}
				{...form.getInputProps("expiry")}
			/>
			{isDate && (
				<TextInput
					label="Date and time"
					description="In your time zone."
					type="datetime-local"
					min={localField(serverTime())}
					required
					{...form.getInputProps("expiresOn")}
				/>
			)}
		</Group>
	);
}
