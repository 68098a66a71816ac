import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** A self-signed certificate and its private key, both PEM. */
export interface Certificate {
	readonly cert: string;
	readonly key: string;
}

/** Tags of DER (X.690) that a certificate (RFC 5280) is written with. */
const tags = { boolean: 1, integer: 2, bits: 3, bytes: 4, oid: 6, text: 12, time: 23, sequence: 48, set: 49 };
const dnsName = 0x82;
const explicit = (number: number) => 0xa0 + number;

/**
 * Creates a certificate for a name, valid from yesterday until tomorrow. Written
 * here because Node cannot create certificates, and not every machine has openssl.
 */
export function selfSigned(name: string): Certificate {
	const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
	const named = sequence(der(tags.set, sequence(oid("550403"), der(tags.text, Buffer.from(name)))));
	const day = 86_400_000;
	const algorithm = sequence(oid("2a8648ce3d040302"));
	const authority = sequence(oid("551d13"), yes, der(tags.bytes, sequence(yes)));
	const names = sequence(oid("551d11"), der(tags.bytes, sequence(der(dnsName, Buffer.from(name)))));
	const body = sequence(
		der(explicit(0), der(tags.integer, Buffer.from([2]))),
		der(tags.integer, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
		algorithm,
		named,
		sequence(time(Date.now() - day), time(Date.now() + day)),
		named,
		publicKey.export({ type: "spki", format: "der" }),
		der(explicit(3), sequence(authority, names)),
	);
	const signature = Buffer.concat([Buffer.from([0]), sign("sha256", body, privateKey)]);
	const certificate = sequence(body, algorithm, der(tags.bits, signature));
	const lines = certificate.toString("base64").replace(/.{64}/g, "$&\n").trimEnd();
	return {
		cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
		key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
	};
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
	const content = Buffer.concat(parts);
	const { length } = content;
	const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
	return der(tags.sequence, ...parts);
}

function oid(hex: string): Buffer {
	return der(tags.oid, Buffer.from(hex, "hex"));
}

const yes = der(tags.boolean, Buffer.from([255]));

/** UTCTime: YYMMDDhhmmssZ. */
function time(at: number): Buffer {
	const digits = new Date(at).toISOString().replace(/\D/g, "").slice(2, 14);
	return der(tags.time, Buffer.from(`${digits}Z`));
}
