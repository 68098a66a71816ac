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

/** All accounts of the instance, for its operators. */
export function AccountsPage() {
	const { operator } = useAccount();
	return (
		<Page
			title="Accounts"
			description={
				operator &&
				"Everybody who can sign in to this instance. Somebody new gets an account with an invitation to a workspace: make one on that workspace's page of members."
			}
		>
			{operator ? (
				<Accounts />
			) : (
				<EmptyState icon={IconUsersGroup} title="Only operators see all accounts">
					Who belongs to a workspace of yours is on that workspace's page of members.
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
					<strong>Operators</strong> may do everything in every workspace, and see this page. The last one who
					can sign in stays one.
				</Text>
				<Text size="sm" c="dimmed">
					The <strong>built-in</strong> account is the one the command line on the server acts for. It has no
					password, so nobody signs in with it, and it cannot be changed or deleted.
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
					{id === ownId && <Badge color="gray">you</Badge>}
					{!signsIn && <Badge color="gray">built-in</Badge>}
					{operator && <Badge>operator</Badge>}
				</Group>
			),
		},
		{ title: "Status", fit: true, cell: (account) => <Status account={account} /> },
		{
			title: "Last sign-in",
			fit: true,
			cell: ({ lastSignInAt, signsIn }) => {
				if (lastSignInAt !== undefined) return <Time at={lastSignInAt} />;
				return signsIn ? "Not yet" : "Never";
			},
		},
		createdColumn("Created"),
		{
			title: "Acts",
			untitled: true,
			fit: true,
			right: true,
			cell: (account) => account.signsIn && <AccountActions account={account} />,
		},
	];
}

function Status({ account: { disabled, signsIn } }: { readonly account: Account }) {
	if (!signsIn) return <Badge color="gray">No sign-in</Badge>;
	return <Badge color={disabled ? "yellow" : "green"}>{disabled ? "Disabled" : "Active"}</Badge>;
}
