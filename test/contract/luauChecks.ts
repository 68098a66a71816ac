import type { Shape } from "../../shared/schema.js";
import { type GameServer, startGameServer } from "../support/roblox/gameServer.js";
import { NotJson } from "./corpus.js";

export interface Question {
	readonly shape: Shape;
	/** Takes the shape from the compiled contract instead of sending it. */
	readonly at?: readonly [endpoint: string, part: string];
	readonly unknownFields: "ignore" | "reject";
	readonly value: unknown;
}

export interface Verdict {
	readonly fits: boolean;
	readonly fault?: string;
}

/** The SDK's compiled checks, in a Luau VM. */
export interface LuauChecks {
	ask(questions: readonly Question[]): Promise<Verdict[]>;
	close(): Promise<unknown>;
}

/** Values pass through Roblox's own JSON decoder. Checks never see what it cannot decode. */
const program = `
local HttpService = game:GetService("HttpService")
local sdk = game:GetService("ServerScriptService").Placelock
local checks = require(sdk.http.shapeChecks)
local endpoints = require(sdk.shared.endpoints).endpoints
local questions, literals = HttpService:JSONDecode((...)), literals()
local verdicts = {}
for index, question in questions do
	local shape = question.shape
	if question.at then
		shape = endpoints[question.at[1]][question.at[2]]
	end
	local decoded, value = true, nil
	if question.literal then
		value = literals[question.literal]()
	else
		decoded, value = pcall(HttpService.JSONDecode, HttpService, question.json)
	end
	if decoded then
		local fits, fault = checks.checkOf(shape, { unknownFields = question.unknownFields })(value)
		verdicts[index] = { fits = fits, fault = fault }
	else
		verdicts[index] = { fits = false, fault = value }
	end
end
return verdicts`;

function inAscii(json: string): string {
	return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

export async function openLuauChecks(): Promise<LuauChecks> {
	const server: GameServer = await startGameServer();
	return {
		async ask(questions) {
			const literals: string[] = [];
			const sent = questions.map(({ value, at, shape, unknownFields }) => ({
				...(at === undefined ? { shape } : { at }),
				unknownFields,
				...(value instanceof NotJson
					? { literal: literals.push(`function() return ${value.luau} end`) }
					: { json: inAscii(JSON.stringify(value)) }),
			}));
			const source = `local function literals() return {${literals.join(",")}} end\n${program}`;
			return (await server.run(source, inAscii(JSON.stringify(sent)))) as Verdict[];
		},
		close: () => server.close(),
	};
}
