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
import { dayToTime, digitsToNumber, readOptions } from "../support/readOptions.js";
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

/** `placelock audit` */
export function addAudit(program: Command): void {
	addListOptions(
		program
			.command("audit")
			.description("show the audit log: who changed what, newest first")
			.option("--workspace <workspace>", `only this workspace: ${workspaceArgument}`)
			.option("--actor <account>", `only changes by this account: ${accountArgument}; or command-line`)
			.option("--key <keyId>", "only changes made with this admin key")
			.option("--action <action>", "only this action, such as keys.rotate")
			.option("--target <id>", "only changes to the account, key, place or workspace with this ID")
			.option("--from <time>", "from this time on: 2026-11-01 or 2026-11-01T12:00:00Z")
			.option("--to <time>", "before this time"),
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
		.action(async ({ json, workspace: givenWorkspace, ...given }: Given) => {
			const times = { from: dayToTime(given.from), to: dayToTime(given.to) };
			const asked = readOptions(
				options,
				{ ...given, ...times, limit: digitsToNumber(given.limit) },
				auditTimeProblems(times),
			);
			await withExistingServices(async (services) => {
				const workspace =
					givenWorkspace === undefined ? undefined : await findWorkspace(services, givenWorkspace);
				const filter: AuditFilter = {
					workspaceId: workspace?.id,
					actor: asked.actor === undefined ? undefined : await resolveActor(services, asked.actor),
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
						{ title: "who", of: actorText },
						{ title: "from", of: ({ address }) => address },
						{ title: "action", of: (entry) => entry.action },
						{ title: "workspace", of: ({ workspaceId }) => workspaceId },
						{ title: "target", of: ({ targetType, targetId }) => `${targetType} ${targetId}` },
						{ title: "change", of: changeText },
					],
					{ json, limit: asked.limit, none: "No matching audit entries." },
				);
			});
		});
}

/** The actor as the audit log stores it. The entries of a deleted account keep its ID, but its name is gone. */
async function resolveActor(services: Services, given: string): Promise<string> {
	if (given === commandLineActor) return given;
	const isId = /^acc_\w+$/.test(given) && (await services.store.accounts.findByName(given)) === undefined;
	return isId ? given : (await findAccount(services, given)).id;
}

type Entry = Infer<typeof auditRecord>;

function actorText({ actor }: Entry): string {
	if (actor.type === "command-line") return "command-line";
	const who = actor.name ?? actor.id;
	return actor.keyId === undefined ? who : `${who} with ${actor.keyId}`;
}

/** What changed: `name "Lobby" -> "Hall"`. For a record created or deleted, its fields. */
function changeText({ before, after }: Entry): string {
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
