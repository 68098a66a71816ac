import { Alert, Anchor, Checkbox, Code, Input, Stack, TagsInput, Text } from "@mantine/core";
import { limits } from "@shared/limits.js";
import { everyScope, scopes as scopeWords } from "@shared/scopes.js";
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
	game: "Verifying needs none. Grant only what the game itself asks Placelock for.",
	service: "Without any it can do nothing; to ask about tokens it needs keys.introspect.",
};

/** Chooses what a key may do: Placelock's own scopes by what they allow, and any of the operator's. */
export function ScopePicker({ kind, value, onChange, error }: ScopePickerProps) {
	const [asked, ask] = useState(value.includes(everyScope));
	const offered: readonly string[] = offeredScopes(kind);
	// Those that make no sense here, but were given to the key some other way, are not lost.
	const listed = [...offered, ...value.filter((scope) => scope in scopeWords && !offered.includes(scope))];
	const own = value.filter((scope) => !listed.includes(scope) && scope !== everyScope);
	const all = value.includes(everyScope);
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
						description={scopeWords[scope as keyof typeof scopeWords]}
						checked={all || value.includes(scope)}
						disabled={all}
						onChange={(event) => set(scope, event.currentTarget.checked)}
					/>
				))}
				<TagsInput
					label="Scopes of your own"
					description="As resource.action, such as shop.write: Placelock reports them, and your backend decides by them. Press Enter after each."
					data-path="scopes"
					splitChars={[",", " "]}
					maxTags={limits.scopesPerKey}
					error={error}
					value={own}
					onChange={(tags) => onChange([...value.filter((scope) => !own.includes(scope)), ...separate(tags)])}
				/>
				{!asked && (
					<Anchor component="button" type="button" size="sm" ta="start" onClick={() => ask(true)}>
						Grant everything…
					</Anchor>
				)}
				{asked && (
					<Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title="Everything, now and later">
						<Text size="sm" mb="xs">
							Whoever holds the token may then do all that a {kind} key ever can, including what is added to
							Placelock later. Grant single scopes where you can.
						</Text>
						<Checkbox
							size="sm"
							label={
								<>
									Grant every scope (<Code>*</Code>)
								</>
							}
							checked={all}
							onChange={(event) => set(everyScope, event.currentTarget.checked)}
						/>
					</Alert>
				)}
			</Stack>
		</Input.Wrapper>
	);
}
