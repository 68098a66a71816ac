import { Button, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { EndpointOutput } from "@shared/endpoint.js";
import { deleteInvitation, listInvitations } from "@shared/endpoints/invitations.js";
import { useEndpointMutation } from "../../api/useEndpointMutation.js";
import { useEndpointQuery } from "../../api/useEndpointQuery.js";
import { roleName } from "../../labels/roles.js";
import { useConfirm } from "../../ui/Confirm.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Loading } from "../../ui/Loading.js";
import { type Column, RecordTable } from "../../ui/RecordTable.js";
import { Section } from "../../ui/Section.js";
import { Time } from "../../ui/Time.js";

type Invitation = EndpointOutput<typeof listInvitations>["data"][number];

/** The invitations nobody has used yet. For owners. */
export function Invitations({ workspaceId }: { readonly workspaceId: string }) {
	const { data, error, refetch } = useEndpointQuery(listInvitations, { params: { workspaceId } });
	return (
		<Section
			title="Open invitations"
			description="Links that were made and not used yet. A link itself is shown only once, when it is made: if it got lost, take it back and make another."
		>
			{data === undefined && error === null && <Loading rows={2} />}
			{data === undefined && error !== null && <ErrorState problem={error} tryAgain={refetch} />}
			{data?.data.length === 0 && <Text size="sm">None is open.</Text>}
			{data !== undefined && data.data.length > 0 && (
				<RecordTable
					label="Open invitations"
					columns={columnsFor(workspaceId)}
					records={data.data}
					keyOf={({ id }) => id}
				/>
			)}
		</Section>
	);
}

function columnsFor(workspaceId: string): readonly Column<Invitation>[] {
	return [
		{
			title: "For",
			cell: ({ note }) =>
				note ?? (
					<Text size="sm" c="dimmed" span>
						Not noted
					</Text>
				),
		},
		{ title: "Role", fit: true, cell: ({ role }) => roleName(role) },
		{ title: "Made", fit: true, cell: ({ createdAt }) => <Time at={createdAt} /> },
		{ title: "Works until", fit: true, cell: ({ expiresAt }) => <Time at={expiresAt} /> },
		{
			title: "Take back",
			untitled: true,
			fit: true,
			right: true,
			cell: (invitation) => <RevokeInvitation workspaceId={workspaceId} invitation={invitation} />,
		},
	];
}

function RevokeInvitation({
	workspaceId,
	invitation: { id, note, role },
}: {
	readonly workspaceId: string;
	readonly invitation: Invitation;
}) {
	const confirm = useConfirm();
	const mutation = useEndpointMutation(deleteInvitation, { refreshes: [listInvitations] });
	const whose = note === undefined ? "this invitation" : `the invitation for ${note}`;
	const ask = () =>
		confirm({
			title: `Take back ${whose}?`,
			consequence: `Its link stops working at once. Somebody who has joined with it as ${role} meanwhile stays a member.`,
			confirm: "Take back",
			dangerous: true,
			onConfirm: async () => {
				await mutation.mutateAsync({ params: { workspaceId, invitationId: id } });
				notifications.show({ message: "The invitation's link no longer works." });
			},
		});
	return (
		<Button variant="default" size="compact-sm" onClick={ask} aria-label={`Take back ${whose}`}>
			Take back
		</Button>
	);
}
