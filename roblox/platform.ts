import { HttpService, RunService } from "@rbxts/services";
import type { Clock } from "./clock.js";
import { createJson, type Json } from "./http/json.js";
import { createTransport, type Transport } from "./http/transport.js";
import { type Place, type PlaceFacts, readPlace } from "./place.js";

/** Everything the module uses of Roblox's services. The rest of the module receives it from here. */
export interface Platform {
	readonly transport: Transport;
	readonly json: Json;
	readonly getSecret: (name: string) => Secret;
	readonly place: Place;
	readonly isStudio: boolean;
	readonly clock: Clock;
	readonly random: () => number;
}

/** Whether this is a server. On a client, every player could read the key. */
export function isServer(): boolean {
	return RunService.IsServer();
}

export function readPlatform(): Platform {
	const facts: PlaceFacts = game;
	return {
		transport: createTransport(HttpService),
		json: createJson(HttpService),
		getSecret: (name) => HttpService.GetSecret(name),
		place: readPlace(facts),
		isStudio: RunService.IsStudio(),
		clock: { now: () => os.clock(), unixSeconds: () => os.time() },
		random: () => math.random(),
	};
}
