import { Radio, type RadioGroupProps, Stack } from "@mantine/core";
import { roleDescriptions, roleName, rolesInOrder } from "../../labels/roles.js";

/** A choice of roles, each with what it allows. */
export function RoleChoice(props: Omit<RadioGroupProps, "children">) {
	return (
		<Radio.Group label="Role" {...props}>
			<Stack gap="xs" mt={6}>
				{rolesInOrder.map((role) => (
					<Radio key={role} value={role} label={roleName(role)} description={roleDescriptions[role]} />
				))}
			</Stack>
		</Radio.Group>
	);
}
