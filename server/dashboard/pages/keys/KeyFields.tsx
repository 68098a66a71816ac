import { Radio, Stack, TagsInput, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { limits } from "@shared/limits.js";
import type { ReactNode } from "react";
import { kindLabels } from "../../labels/keys.js";
import { maxCodePoints } from "../../ui/maxCodePoints.js";
import { ExpiryField } from "./ExpiryField.js";
import type { KeyKind } from "./key.js";
import { type KeyFormValues, separate } from "./keyForm.js";
import { LimitFields } from "./LimitFields.js";
import { compatibleScopes } from "./offeredScopes.js";
import { PlacePicker } from "./PlacePicker.js";
import { ScopePicker } from "./ScopePicker.js";

interface KeyFieldsProps {
	readonly workspaceId: string;
	readonly form: UseFormReturnType<KeyFormValues>;
	/** The kind is chosen once, on creation. */
	readonly withKind?: boolean;
	readonly afterKind?: ReactNode;
}

/** All fields of a key, for creating and for editing one. */
export function KeyFields({ workspaceId, form, withKind = false, afterKind }: KeyFieldsProps) {
	const { kind, scopes } = form.values;
	const setKind = (chosen: string) => {
		form.setFieldValue("kind", chosen as KeyKind);
		form.setFieldValue("scopes", compatibleScopes(chosen as KeyKind, scopes));
	};
	return (
		<Stack gap="lg">
			<TextInput
				label="Name"
				description='For example "Live servers". Must be unique in this workspace.'
				{...maxCodePoints(limits.nameLength)}
				required
				data-autofocus
				{...form.getInputProps("name")}
			/>
			<Textarea
				label="Description"
				description="Optional. Who uses it and why."
				{...maxCodePoints(limits.descriptionLength)}
				minRows={1}
				{...form.getInputProps("description")}
			/>
			{withKind && (
				<Radio.Group label="Kind" value={kind} onChange={setKind}>
					<Stack gap="xs" mt={4}>
						{(["game", "service"] as const).map((value) => (
							<Radio
								key={value}
								value={value}
								label={kindLabels[value].label}
								description={kindLabels[value].description}
							/>
						))}
					</Stack>
				</Radio.Group>
			)}
			{afterKind}
			{kind === "game" && <PlacePicker workspaceId={workspaceId} form={form} />}
			<ScopePicker
				key={kind}
				kind={kind}
				value={scopes}
				onChange={(chosen) => form.setFieldValue("scopes", chosen)}
				error={form.errors.scopes}
			/>
			<TagsInput
				label="Allowed IPs"
				description="Addresses or ranges, such as 203.0.113.0/24. Press Enter after each. Leave empty to allow any address."
				splitChars={[",", " "]}
				maxTags={limits.allowedIpsPerKey}
				{...form.getInputProps("allowedIps")}
				onChange={(ranges) => form.setFieldValue("allowedIps", separate(ranges))}
			/>
			<ExpiryField form={form} />
			<LimitFields form={form} />
		</Stack>
	);
}
