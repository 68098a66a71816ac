import { Alert, Anchor, Checkbox, Code, Input, Stack, TagsInput, Text } from "@mantine/core";
import { limits } from "@shared/limits.js";
import { scopes as scopeDescriptions, wildcardScope } from "@shared/scopes.js";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import type { KeyKind } from "./key.js";
import { separate } from "./keyForm.js";
import { offeredScopes } from "./offeredScopes.js";

interface ScopePickerProps {
	readonly kind: KeyKind;
	readonly value: readonly string[];
	readonly onChange: (scopes: string[]) => void;
	readonly error?: ReactNode;
}

const needs = {
	game: "Verification needs no scopes.",
	service: "Without scopes the key can do nothing. To check tokens it needs keys.introspect.",
};

/** Chooses a key's scopes: Placelock's own, with descriptions, and custom ones. */
export function ScopePicker({ kind, value, onChange, error }: ScopePickerProps) {
	const [showsFullAccess, showFullAccess] = useState(value.includes(wildcardScope));
	const offered: readonly string[] = offeredScopes(kind);
	// Scopes that this kind does not use, but the key has, are not lost.
	const listed = [
		...offered,
		...value.filter((scope) => scope in scopeDescriptions && !offered.includes(scope)),
	];
	const custom = value.filter((scope) => !listed.includes(scope) && scope !== wildcardScope);
	const all = value.includes(wildcardScope);
	const set = (scope: string, granted: boolean) =>
		onChange(granted ? [...value, scope] : value.filter((other) => other !== scope));
	return (
		<Input.Wrapper label="Scopes" description={needs[kind]} labelElement="div">
			<Stack gap="xs" mt="xs" role="group" aria-label="Scopes">
				{listed.map((scope) => (
					<Checkbox
						key={scope}
						size="sm"
						label={<Code>{scope}</Code>}
						description={scopeDescriptions[scope as keyof typeof scopeDescriptions]}
						checked={all || value.includes(scope)}
						disabled={all}
						onChange={(event) => set(scope, event.currentTarget.checked)}
					/>
				))}
				<TagsInput
					label="Custom scopes"
					description="Written resource.action, such as shop.write. Returned to your backend when it introspects the key. Press Enter after each."
					data-path="scopes"
					splitChars={[",", " "]}
					maxTags={limits.scopesPerKey}
					error={error}
					value={custom}
					onChange={(tags) =>
						onChange([...value.filter((scope) => !custom.includes(scope)), ...separate(tags)])
					}
				/>
				{!showsFullAccess && (
					<Anchor component="button" type="button" size="sm" ta="start" onClick={() => showFullAccess(true)}>
						Grant full access…
					</Anchor>
				)}
				{showsFullAccess && (
					<Alert
						color="orange"
						icon={<IconAlertTriangle aria-hidden />}
						title="Full access, now and in the future"
					>
						<Text size="sm" mb="xs">
							Anyone with the token can do everything a {kind} key ever can, including what future versions
							add. Grant individual scopes where you can.
						</Text>
						<Checkbox
							size="sm"
							label={
								<>
									Grant all scopes (<Code>*</Code>)
								</>
							}
							checked={all}
							onChange={(event) => set(wildcardScope, event.currentTarget.checked)}
						/>
					</Alert>
				)}
			</Stack>
		</Input.Wrapper>
	);
}
