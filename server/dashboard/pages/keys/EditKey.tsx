import { Modal, Stack } from "@mantine/core";
import { changeKey, getKey, listKeys } from "@shared/endpoints/keys.js";
import { useLayoutEffect, useState } from "react";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { serverTime } from "../../serverTime.js";
import { DialogButtons } from "../../ui/DialogButtons.js";
import { useLeaveGuard } from "../../ui/LeaveGuards.js";
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
	const [changed, setChanged] = useState(false);
	const confirmClose = useLeaveGuard(opened && changed, {
		title: "Discard changes?",
		consequence: "Your changes have not been saved.",
		stay: "Keep editing",
		leave: "Discard changes",
	});
	const leave = async () => {
		if (await confirmClose()) close();
	};
	return (
		<Modal opened={opened} onClose={leave} title={`Edit ${record.name}`} size="lg">
			<EditKeyForm
				workspaceId={workspaceId}
				record={record}
				saved={close}
				leave={leave}
				onChanged={setChanged}
			/>
		</Modal>
	);
}

interface EditKeyFormProps extends Pick<EditKeyProps, "workspaceId" | "record"> {
	readonly saved: () => void;
	readonly leave: () => void;
	/** Reports whether there is something to save. */
	readonly onChanged: (changed: boolean) => void;
}

function EditKeyForm({ workspaceId, record, saved, leave, onChanged }: EditKeyFormProps) {
	// The key as it was when the form opened: saving must not undo what others changed meanwhile.
	const [key] = useState(record);
	const [openedAt] = useState(serverTime);
	const { form, showErrors } = useKeyForm(valuesOf(key));
	const mutation = useEndpointMutation(changeKey, {
		refreshes: [getKey, listKeys],
		onDone: saved,
		success: ({ name }) => `Saved ${name}. Changes apply within a second.`,
	});
	const changed = form.isDirty();
	// A layout effect, because the very next key press could close the dialog.
	useLayoutEffect(() => {
		onChanged(changed);
		return () => onChanged(false);
	}, [changed, onChanged]);
	const submit = form.onSubmit((values) => {
		const body = changesTo(key, values, openedAt);
		if (Object.keys(body).length === 0) saved();
		else mutation.mutate({ params: { keyId: key.id }, body }, { onError: showErrors });
	});
	return (
		<form onSubmit={submit} noValidate>
			<Stack gap="lg">
				<KeyFields workspaceId={workspaceId} form={form} />
				<KeyProblem problem={mutation.error} />
				<DialogButtons submit="Save" busy={mutation.isPending} close={leave} />
			</Stack>
		</form>
	);
}
