import { secretProof } from "../../server/secrets/secretProof.js";
import { testSecrets } from "../support/seed.js";
import { useServer } from "../support/useServer.js";

const server = useServer();

const live = async (query = "") => {
	const { status, body } = await server.call("GET", `/livez${query}`);
	return { status, body };
};

it("proves to a caller with the secret that the server has it too", async () => {
	const challenge = "a challenge of some length";
	const { body } = await live(`?challenge=${encodeURIComponent(challenge)}`);
	expect(body).toEqual({ status: "ok", proof: await secretProof(testSecrets.current, challenge) });
	expect(body.proof).not.toBe(await secretProof(testSecrets.current, `${challenge}.`));
	expect(body.proof).not.toBe(await secretProof("another secret that is long enough", challenge));
});

it("responds to a probe without parameters or with unknown ones", async () => {
	for (const query of ["", "?", "?t=1", "?t=1&t=2"]) {
		expect(await live(query)).toEqual({ status: 200, body: { status: "ok" } });
	}
});

it("rejects an invalid challenge", async () => {
	expect(await live("?challenge=short")).toMatchObject({ status: 400, body: { code: "validation_failed" } });
});
