import {
	ActionIcon,
	Badge,
	Button,
	type CSSVariablesResolver,
	createTheme,
	type MantineColor,
	type MantineColorsTuple,
	Menu,
	Modal,
	Notification,
	NumberInput,
	PasswordInput,
	Select,
	Table,
	TagsInput,
	Textarea,
	TextInput,
	Tooltip,
} from "@mantine/core";
import { FocusableDisabledButton } from "./ui/FocusableDisabledButton.js";

/**
 * Mantine's red, darker from the sixth shade on, so that white text on it and red text
 * on white are readable.
 */
const red: MantineColorsTuple = [
	"#fff5f5",
	"#ffe3e3",
	"#ffc9c9",
	"#ffa8a8",
	"#ff8787",
	"#ff6b6b",
	"#d92f2f",
	"#cc2828",
	"#b82323",
	"#a01d1d",
];

/** Mantine's greys are warm and make fields look disabled on our bluish background. */
const dark: MantineColorsTuple = [
	"#dcdfe4",
	"#b8bec8",
	"#8b939f",
	"#69707c",
	"#3a3f49",
	"#2b3038",
	"#1f232a",
	"#16181d",
	"#111317",
	"#0c0e11",
];

/** Replaces the element of every button. The types of `defaultProps` do not include `component`. */
const focusable = { component: FocusableDisabledButton } as object;

/** Dense: small type, thin lines, one accent colour. */
export const theme = createTheme({
	primaryColor: "indigo",
	primaryShade: { light: 7, dark: 8 },
	colors: { red, dark },
	defaultRadius: "md",
	cursorType: "pointer",
	respectReducedMotion: true,
	fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
	fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
	headings: {
		fontWeight: "600",
		sizes: { h1: { fontSize: "1.375rem", lineHeight: "1.3" }, h2: { fontSize: "1rem", lineHeight: "1.4" } },
	},
	components: {
		ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle", color: "gray", ...focusable } }),
		Badge: Badge.extend({
			defaultProps: { variant: "light", radius: "sm" },
			styles: { root: { minWidth: "max-content" }, label: { textTransform: "none", fontWeight: 500 } },
		}),
		Button: Button.extend({ defaultProps: { size: "sm", ...focusable } }),
		// Mantine would focus an unnamed placeholder in the menu, which screen readers cannot announce.
		Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
		Notification: Notification.extend({
			defaultProps: { closeButtonProps: { "aria-label": "Close" } },
			styles: { description: { color: "var(--mantine-color-dimmed)" } },
		}),
		Modal: Modal.extend({
			defaultProps: { centered: true, closeButtonProps: { "aria-label": "Close" } },
			styles: { title: { fontWeight: 600, lineHeight: 1.35 } },
		}),
		NumberInput: NumberInput.extend({ defaultProps: { size: "sm" } }),
		PasswordInput: PasswordInput.extend({ defaultProps: { size: "sm" } }),
		Select: Select.extend({ defaultProps: { size: "sm", allowDeselect: false } }),
		Table: Table.extend({ defaultProps: { verticalSpacing: "xs", fz: "sm" } }),
		TagsInput: TagsInput.extend({ defaultProps: { size: "sm" } }),
		Textarea: Textarea.extend({ defaultProps: { size: "sm", autosize: true, minRows: 2 } }),
		TextInput: TextInput.extend({ defaultProps: { size: "sm" } }),
		Tooltip: Tooltip.extend({ defaultProps: { withArrow: true, openDelay: 200 } }),
	},
});

/** The colours that stand for a status. */
const statusColours = [
	"indigo",
	"green",
	"yellow",
	"orange",
	"red",
	"gray",
] as const satisfies readonly MantineColor[];

/** Mantine's greys and light badges have too little contrast: WCAG asks for 4.5 to 1. */
export const resolveVariables: CSSVariablesResolver = ({ colors }) => ({
	variables: {},
	light: {
		"--mantine-color-text": "#1c2026",
		"--mantine-color-dimmed": "#5b6470",
		"--mantine-color-red-light": "#fff1f0",
		"--mantine-color-yellow-light": "#fff7db",
		"--mantine-color-orange-light": "#fff1e0",
		"--mantine-color-green-light": "#e4f6e8",
		"--mantine-color-placeholder": "#6b7480",
		"--mantine-color-error": colors.red[8],
		"--placelock-side": "#f7f8fa",
		"--placelock-line": "#e3e6ea",
		...Object.fromEntries(
			statusColours.map((name) => [`--mantine-color-${name}-light-color`, colors[name][9]]),
		),
		"--mantine-color-yellow-light-color": "#7a4d00",
		"--mantine-color-orange-light-color": "#8f3400",
		"--mantine-color-green-light-color": "#1e6b31",
		"--mantine-color-gray-light-color": colors.gray[8],
	},
	dark: {
		"--mantine-color-body": "#16181d",
		"--mantine-color-default": "#1d2026",
		"--mantine-color-default-hover": "#262a32",
		"--mantine-color-default-border": "#3a3f49",
		"--mantine-color-text": "#dcdfe4",
		"--mantine-color-dimmed": "#9aa2ae",
		"--mantine-color-placeholder": "#8b939f",
		"--mantine-color-error": colors.red[4],
		"--mantine-color-gray-light": "#2b3038",
		"--mantine-color-yellow-light": "#352a10",
		"--mantine-color-orange-light": "#3a2414",
		"--mantine-color-red-light": "#3b1d20",
		"--mantine-color-green-light": "#17301e",
		"--placelock-side": "#1b1e24",
		"--placelock-line": "#2b3038",
		...Object.fromEntries(
			statusColours.map((name) => [`--mantine-color-${name}-light-color`, colors[name][3]]),
		),
	},
});
