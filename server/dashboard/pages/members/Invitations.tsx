import { Button, Text } from "@mantine/core";
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

/** The invitations that have not been used yet. For owners. */
export function Invitations({ workspaceId }: { readonly workspaceId: string }) {
	const { data, error, refetch } = useEndpointQuery(listInvitations, { params: { workspaceId } });
	return (
		<Section title="Pending invitations" description="Links are shown once. Revoke and recreate lost ones.">
			{data === undefined && error === null && <Loading rows={2} />}
			{data === undefined && error !== null && <ErrorState problem={error} tryAgain={refetch} />}
			{data?.data.length === 0 && <Text size="sm">No pending invitations.</Text>}
			{data !== undefined && data.data.length > 0 && (
				<RecordTable
					label="Pending invitations"
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
			title: "Note",
			cell: ({ note }) =>
				note ?? (
					<Text size="sm" c="dimmed" span>
						No note
					</Text>
				),
		},
		{ title: "Role", fit: true, cell: ({ role }) => roleName(role) },
		{ title: "Created", fit: true, cell: ({ createdAt }) => <Time at={createdAt} /> },
		{ title: "Expires", fit: true, cell: ({ expiresAt }) => <Time at={expiresAt} /> },
		{
			title: "Actions",
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
	const mutation = useEndpointMutation(deleteInvitation, {
		refreshes: [listInvitations],
		success: () => "Invitation revoked.",
	});
	const which = note === undefined ? `this ${role} invitation` : `the invitation for ${note}`;
	const ask = () =>
		confirm({
			title: `Revoke ${which}?`,
			consequence:
				"Its link stops working immediately. Anyone who has already joined with it stays a member.",
			confirm: "Revoke invitation",
			dangerous: true,
			onConfirm: () => mutation.mutateAsync({ params: { workspaceId, invitationId: id } }),
		});
	return (
		<Button variant="default" size="compact-sm" onClick={ask} aria-label={`Revoke ${which}`}>
			Revoke
		</Button>
	);
}
