import { ActionIcon, Menu, Tooltip, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";

const choices = [
	{ scheme: "light", label: "Light", icon: IconSun },
	{ scheme: "dark", label: "Dark", icon: IconMoon },
	{ scheme: "auto", label: "System", icon: IconDeviceDesktop },
] as const;

export function ColourSchemeSwitch() {
	const { colorScheme, setColorScheme } = useMantineColorScheme();
	const Current = choices.find(({ scheme }) => scheme === colorScheme)?.icon ?? IconDeviceDesktop;
	return (
		<Menu position="top-start">
			<Menu.Target>
				<Tooltip label="Theme">
					<ActionIcon aria-label="Theme" size="lg">
						<Current size={18} aria-hidden />
					</ActionIcon>
				</Tooltip>
			</Menu.Target>
			<Menu.Dropdown>
				{choices.map(({ scheme, label, icon: IconComponent }) => (
					<Menu.Item
						key={scheme}
						onClick={() => setColorScheme(scheme)}
						leftSection={<IconComponent size={16} aria-hidden />}
						rightSection={scheme === colorScheme && <IconCheck size={14} aria-label="selected" />}
					>
						{label}
					</Menu.Item>
				))}
			</Menu.Dropdown>
		</Menu>
	);
}
