import { Button, Group } from "@mantine/core";

interface DialogButtonsProps {
	/** What the form does, as a verb: "Add place". */
	readonly submit: string;
	readonly busy: boolean;
	/** Whether something is lost or stops working. */
	readonly dangerous?: boolean;
	/** Whether cancelling is what the keyboard is on at first: for what is not to be done by accident. */
	readonly cancelFirst?: boolean;
	readonly close: () => void;
}

/** At the end of a form in a dialog: to leave it, and to send it. */
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
