import { Modal, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { changeKey, getKey, listKeys } from "../../../../shared/endpoints/keys.js";
import { useAct } from "../../api/useAct.js";
import { serverTime } from "../../serverTime.js";
import { DialogButtons } from "../../ui/DialogButtons.js";
import { KeyFields } from "./KeyFields.js";
import { KeyProblem } from "./KeyProblem.js";
import type { Key } from "./key.js";
import { changesTo, valuesOf } from "./keyForm.js";
import { useKeyForm } from "./useKeyForm.js";

interface EditKeyProps {
	readonly workspaceId: string;
	readonly record: Key;
	readonly opened: boolean;
	readonly close: () => void;
}

export function EditKey({ workspaceId, record, opened, close }: EditKeyProps) {
	return (
		<Modal opened={opened} onClose={close} title={`Edit ${record.name}`} size="lg">
			<EditKeyForm workspaceId={workspaceId} record={record} close={close} />
		</Modal>
	);
}

function EditKeyForm({ workspaceId, record, close }: Omit<EditKeyProps, "opened">) {
	// As it was when the form opened: what others change meanwhile is not undone by saving.
	const [key] = useState(record);
	const [openedAt] = useState(serverTime);
	const { form, showErrors } = useKeyForm(valuesOf(key));
	const act = useAct(changeKey, {
		refreshes: [getKey, listKeys],
		onDone: ({ name }) => {
			close();
			notifications.show({ message: `${name} is saved. Calls are judged by it within a second.` });
		},
	});
	const submit = form.onSubmit((values) => {
		const body = changesTo(key, values, openedAt);
		if (Object.keys(body).length === 0) close();
		else act.mutate({ params: { keyId: key.id }, body }, { onError: showErrors });
	});
	return (
		<form onSubmit={submit} noValidate>
			<Stack gap="lg">
				<KeyFields workspaceId={workspaceId} form={form} />
				<KeyProblem problem={act.error} />
				<DialogButtons submit="Save" busy={act.isPending} close={close} />
			</Stack>
		</form>
	);
}
