import { Badge, Group, Stack, Text } from "@mantine/core";
import { listAccounts } from "@shared/endpoints/accounts.js";
import { IconUsersGroup } from "@tabler/icons-react";
import { useEndpointPages } from "../../api/useEndpointPages.js";
import { useAccount } from "../../session/useSession.js";
import { createdColumn } from "../../ui/createdColumn.js";
import { EmptyState } from "../../ui/EmptyState.js";
import { ErrorState } from "../../ui/ErrorState.js";
import { Loading } from "../../ui/Loading.js";
import { Page } from "../../ui/Page.js";
import { type Column, RecordTable } from "../../ui/RecordTable.js";
import { Time } from "../../ui/Time.js";
import { type Account, AccountActions } from "./AccountActions.js";

/** All accounts of the server, for operators. */
export function AccountsPage() {
	const { operator } = useAccount();
	return (
		<Page
			title="Accounts"
			description={
				operator &&
				"Everyone who can sign in to this server. To add someone, invite them on a workspace's Members page."
			}
		>
			{operator ? (
				<Accounts />
			) : (
				<EmptyState icon={IconUsersGroup} title="Only operators can see all accounts">
					See the Members page of a workspace for who has access to it.
				</EmptyState>
			)}
		</Page>
	);
}

function Accounts() {
	const { id: ownId } = useAccount();
	const pages = useEndpointPages(listAccounts, {});
	const { records, problem } = pages;
	if (records === undefined) {
		return problem === undefined ? <Loading /> : <ErrorState problem={problem} tryAgain={pages.tryAgain} />;
	}
	return (
		<>
			<RecordTable
				label="Accounts"
				columns={columnsFor(ownId)}
				records={records}
				keyOf={({ id }) => id}
				more={pages}
			/>
			<Stack gap={2}>
				<Text size="sm" c="dimmed">
					<strong>Operators</strong> have full access to this server. At least one operator must remain.
				</Text>
				<Text size="sm" c="dimmed">
					The <strong>built-in</strong> account is used by the command line. It has no password, cannot sign
					in, and cannot be changed or deleted.
				</Text>
			</Stack>
		</>
	);
}

function columnsFor(ownId: string): readonly Column<Account>[] {
	return [
		{
			title: "Name",
			cell: ({ id, name, operator, signsIn }) => (
				<Group gap={8}>
					<bdi>{name}</bdi>
					{id === ownId && <Badge color="gray">You</Badge>}
					{!signsIn && <Badge color="gray">Built-in</Badge>}
					{operator && <Badge>Operator</Badge>}
				</Group>
			),
		},
		{ title: "Status", fit: true, cell: (account) => <Status account={account} /> },
		{
			title: "Last sign-in",
			fit: true,
			cell: ({ lastSignInAt }) => (lastSignInAt === undefined ? "Never" : <Time at={lastSignInAt} />),
		},
		createdColumn("Created"),
		{
			title: "Actions",
			untitled: true,
			fit: true,
			right: true,
			cell: (account) => account.signsIn && <AccountActions account={account} />,
		},
	];
}

function Status({ account: { disabled, signsIn } }: { readonly account: Account }) {
	if (!signsIn) return <Badge color="gray">CLI only</Badge>;
	return <Badge color={disabled ? "yellow" : "green"}>{disabled ? "Disabled" : "Active"}</Badge>;
}
