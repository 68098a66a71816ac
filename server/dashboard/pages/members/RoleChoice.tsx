import { Radio, type RadioGroupProps, Stack } from "@mantine/core";
import { roleName, roleSentence, rolesInOrder } from "../../labels/roles.js";

/** One of the roles, each with what it lets somebody do. */
export function RoleChoice(props: Omit<RadioGroupProps, "children">) {
	return (
		<Radio.Group label="Role" {...props}>
			<Stack gap="xs" mt={6}>
				{rolesInOrder.map((role) => (
					<Radio key={role} value={role} label={roleName(role)} description={roleSentence(role)} />
				))}
			</Stack>
		</Radio.Group>
	);
}
