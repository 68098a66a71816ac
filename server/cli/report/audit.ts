import type { Command } from "commander";
import { exportAudit } from "../../../shared/endpoints/audit.js";
import type { auditRecord } from "../../../shared/endpoints/records.js";
import { type Infer, object } from "../../../shared/schema.js";
import { exportedAuditEntries } from "../../api/serializeAuditEntries.js";
import { auditTimeProblems } from "../../audit/auditTimes.js";
import type { Services } from "../../core/context.js";
import { type AuditFilter, commandLineActor } from "../../model/auditEntry.js";
import { accountArgument, findAccount } from "../account/findAccount.js";
import { addListOptions, type GivenListOptions, limitField } from "../support/listOptions.js";
import { printList } from "../support/output.js";
import { digitsToNumber, momentIn, readOptions } from "../support/readOptions.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "../workspace/findWorkspace.js";

const { actor, keyId: key, action, targetId: target, from, to } = exportAudit.query.fields;
const options = object({ actor, key, action, target, from, to, ...limitField });

interface Given extends GivenListOptions {
	readonly workspace?: string;
	readonly actor?: string;
	readonly key?: string;
	readonly action?: string;
	readonly target?: string;
	readonly from?: string;
	readonly to?: string;
}

/** `placelock audit`: who did what. */
export function addAudit(program: Command): void {
	addListOptions(
		program
			.command("audit")
			.description("list who changed what, newest first")
			.option("--workspace <workspace>", `only in one workspace: ${workspaceArgument}`)
			.option(
				"--actor <account>",
				`only by one account: ${accountArgument}; command-line: by this command line`,
			)
			.option("--key <keyId>", "only with this admin key")
			.option("--action <action>", "only changes of this sort, such as keys.rotate")
			.option("--target <id>", "only to this account, key, place, workspace or the like")
			.option("--from <time>", "not older than this: 2026-11-01, or 2026-11-01T12:00:00Z")
			.option("--to <time>", "older than this"),
	)
		.addHelpText(
			"after",
			`
Examples:
  placelock audit --limit 20
  placelock audit --actor kim
  placelock audit --workspace "Obby Studio" --action keys.revoke --from 2026-11-01
  placelock audit --json`,
		)
		.action(async ({ json, workspace: named, ...given }: Given) => {
			const times = { from: momentIn(given.from), to: momentIn(given.to) };
			const asked = readOptions(
				options,
				{ ...given, ...times, limit: digitsToNumber(given.limit) },
				auditTimeProblems(times),
			);
			await withExistingServices(async (services) => {
				const workspace = named === undefined ? undefined : await findWorkspace(services, named);
				const filter: AuditFilter = {
					workspaceId: workspace?.id,
					actor: asked.actor === undefined ? undefined : await actorNamed(services, asked.actor),
					keyId: asked.key,
					action: asked.action,
					targetId: asked.target,
					from: asked.from === undefined ? undefined : Date.parse(asked.from),
					to: asked.to === undefined ? undefined : Date.parse(asked.to),
				};
				await printList(
					exportedAuditEntries(services.store, filter),
					[
						{ title: "at", of: ({ at }) => at },
						{ title: "who", of: whoOf },
						{ title: "from", of: ({ address }) => address },
						{ title: "action", of: (entry) => entry.action },
						{ title: "workspace", of: ({ workspaceId }) => workspaceId },
						{ title: "target", of: ({ targetType, targetId }) => `${targetType} ${targetId}` },
						{ title: "change", of: changeOf },
					],
					{ json, limit: asked.limit, none: "Nothing was changed." },
				);
			});
		});
}

/** Who is meant, as the record has it. A deleted account has no name any more, but its entries still have its id. */
async function actorNamed(services: Services, given: string): Promise<string> {
	if (given === commandLineActor) return given;
	const isId = /^acc_\w+$/.test(given) && (await services.store.accounts.findByName(given)) === undefined;
	return isId ? given : (await findAccount(services, given)).id;
}

type Entry = Infer<typeof auditRecord>;

function whoOf({ actor }: Entry): string {
	if (actor.type === "command-line") return "command-line";
	const who = actor.name ?? actor.id;
	return actor.keyId === undefined ? who : `${who} with ${actor.keyId}`;
}

/** What changed: `name "Lobby" -> "Hall"`; of something made or deleted, how it is or was. */
function changeOf({ before, after }: Entry): string {
	const [was, is] = [fieldsOf(before), fieldsOf(after)];
	const names = new Set([...Object.keys(was), ...Object.keys(is)]);
	const whole = before === undefined ? is : after === undefined ? was : undefined;
	const change = (name: string) =>
		whole === undefined ? `${valueText(was[name])} -> ${valueText(is[name])}` : valueText(whole[name]);
	return [...names].map((name) => `${name} ${change(name)}`).join(", ");
}

function fieldsOf(side: unknown): Record<string, unknown> {
	return typeof side === "object" && side !== null ? (side as Record<string, unknown>) : {};
}

function valueText(value: unknown): string {
	return value === undefined ? "(none)" : JSON.stringify(value);
}
