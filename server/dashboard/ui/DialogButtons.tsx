import { Button, Group } from "@mantine/core";

interface DialogButtonsProps {
	/** What the form does: "Add place". */
	readonly submit: string;
	readonly busy: boolean;
	/** Whether something is lost or stops working. */
	readonly dangerous?: boolean;
	/** Whether Cancel has the initial focus, to prevent accidents. */
	readonly cancelFirst?: boolean;
	readonly close: () => void;
}

/** The buttons of a form in a dialog. */
export function DialogButtons({ submit, busy, dangerous, cancelFirst, close }: DialogButtonsProps) {
	return (
		<Group justify="flex-end" gap="xs">
			<Button variant="default" onClick={close} data-autofocus={cancelFirst || undefined}>
				Cancel
			</Button>
			<Button type="submit" loading={busy} color={dangerous ? "red" : undefined}>
				{submit}
			</Button>
		</Group>
	);
}
