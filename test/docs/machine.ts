import {
	chmodSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { projectRoot } from "../support/projectRoot.js";
import { waitFor } from "../support/waitFor.js";
import { type CommandLine, type Started, start, type Variables, wordsOf } from "./shell.js";

/** A file of systemd: its settings by name, whatever section they stand in. */
type Unit = ReadonlyMap<string, string>;

export interface MachineOptions {
	/** The folder that stands for `/`. */
	readonly root: string;
	/** Texts of the guide, mostly addresses, and what they are on this machine. */
	readonly here: Readonly<Record<string, string>>;
	/** In addition to what the guide sets. */
	readonly environment: Variables;
}

/**
 * The machine of docs/operators.md: a folder stands for `/`, and the project
 * for the built program in /opt/placelock. Commands of Placelock are real;
 * those of the system are imitated, with the guide's own systemd units.
 */
export class Machine {
	/** Values of placeholders in the guide's files, such as "the new secret". */
	readonly values: Record<string, string> = {};
	readonly #units = new Map<string, Unit>();
	readonly #users = new Set<string>();
	readonly #services = new Map<string, Started>();
	readonly #home: string;

	constructor(private readonly options: MachineOptions) {
		this.#home = this.path("/opt/placelock");
		mkdirSync(this.#home, { recursive: true });
		for (const folder of ["/root", "/etc/systemd/system"])
			mkdirSync(this.path(folder), { recursive: true, mode: 0o700 });
	}

	/** Maps an absolute path of the guide into the folder. */
	path(documented: string): string {
		return join(this.options.root, documented);
	}

	/** Saves a block as the file it names. In .env, a line replaces an earlier one for the same variable. */
	save(name: string, text: string): void {
		const file = name.startsWith("/") ? this.path(name) : join(this.#home, name);
		mkdirSync(dirname(file), { recursive: true });
		const lines = this.#real(text).split("\n");
		const named = lines.map((line) => line.trim());
		const before = name === ".env" && existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
		const kept = before.filter((old) => !named.some((line) => line.split("=")[0] === old.split("=")[0]));
		writeFileSync(file, `${[...kept, ...(name === ".env" ? named : lines)].join("\n")}\n`);
	}

	/** Runs a command of the guide, and returns its output as the guide would show it. */
	async run(command: string): Promise<string> {
		const words = wordsOf(command, {}).map((word) => this.#real(word));
		const asUser = words[0] === "sudo" && words[1] === "-u";
		if (asUser && !this.#users.has(words[2] ?? "")) throw new Error(`${command}: no such user`);
		const [program = "", ...args] = asUser ? words.slice(3) : words[0] === "sudo" ? words.slice(1) : words;
		const system = this.#system[program];
		return this.documented(
			system === undefined ? await this.#finish(command, [program, ...args]) : ((await system(args)) ?? ""),
		);
	}

	/** Maps real paths and addresses back to those of the guide. */
	documented(text: string): string {
		const real = Object.entries(this.options.here);
		const said = real.reduce((now, [word, value]) => now.replaceAll(value, word), text);
		return said
			.replaceAll(this.options.root, "")
			.replaceAll(join(projectRoot, "dist"), "dist")
			.replaceAll("\\", "/");
	}

	async close(): Promise<void> {
		for (const service of this.#services.values()) await service.kill();
	}

	/** Maps a text of the guide to real paths, addresses and values. */
	#real(text: string): string {
		const all = Object.entries({ ...this.options.here, ...this.values });
		const here = all.reduce((now, [word, value]) => now.replaceAll(word, value), text);
		return here.replace(/(?<=^|[= ])\/(?=(var|opt|etc|root)\/)/gm, () => `${this.options.root}/`);
	}

	#start(words: CommandLine): Started {
		const built = words.map((word) => (word.startsWith("dist/") ? join(projectRoot, word) : word));
		return start(built, this.#home, this.options.environment);
	}

	async #finish(command: string, words: CommandLine): Promise<string> {
		const { code, stdout, stderr } = await this.#start(words).ended;
		if (code !== 0) throw new Error(`${command} ended with ${code}: ${stdout}${stderr}`);
		return stdout;
	}

	readonly #system: Readonly<Record<string, (args: string[]) => string | undefined | Promise<void>>> = {
		useradd: (args) => void this.#users.add(args.at(-1) ?? ""),
		chown: ([owner = "", file = ""]) => {
			if (!this.#users.has(owner.replace(":", ""))) throw new Error(`chown: no user ${owner}`);
			readFileSync(join(this.#home, file));
			return undefined;
		},
		chmod: ([mode = "", file = ""]) =>
			chmodSync(join(this.#home, file), Number.parseInt(mode, 8)) ?? undefined,
		cat: ([file = ""]) => readFileSync(file, "utf8"),
		cp: ([from = "", to = ""]) => copyFileSync(from, to) ?? undefined,
		mv: ([from = "", to = ""]) => renameSync(from, to) ?? undefined,
		rm: ([file = ""]) => rmSync(file) ?? undefined,
		install: (args) => {
			const mode = Number.parseInt(args[args.indexOf("-m") + 1] ?? "", 8);
			const paths = args.filter((arg) => arg.startsWith(this.options.root));
			const folders = args.includes("-d") ? paths : [];
			for (const folder of folders) mkdirSync(folder, { recursive: true, mode });
			const to = paths.at(-1) ?? "";
			for (const file of args.includes("-d") ? [] : paths.slice(0, -1)) {
				copyFileSync(file, join(to, basename(file)));
				chmodSync(join(to, basename(file)), mode);
			}
			return undefined;
		},
		systemctl: async (args) => {
			const [verb = "", ...names] = args.filter((arg) => arg !== "--now");
			if (verb === "daemon-reload") this.#units.clear();
			for (const name of names) {
				if (verb === "stop" || verb === "restart") await this.#stop(name);
				if (verb !== "stop") await this.#startUnit(name);
			}
		},
		journalctl: (args) => this.#services.get(args[args.indexOf("-u") + 1] ?? "")?.log() ?? "",
	};

	#unit(name: string): Unit {
		const file = name.includes(".") ? name : `${name}.service`;
		const read = this.#units.get(file) ?? readUnit(this.path(`/etc/systemd/system/${file}`));
		this.#units.set(file, read);
		return read;
	}

	async #startUnit(name: string): Promise<void> {
		const unit = this.#unit(name);
		if (name.endsWith(".timer")) return void this.#unit(name.replace(".timer", ".service"));
		if (!this.#users.has(unit.get("User") ?? "")) throw new Error(`${name}: no such user`);
		const state = unit.get("StateDirectory");
		if (state !== undefined) {
			const mode = Number.parseInt(unit.get("StateDirectoryMode") ?? "0755", 8);
			mkdirSync(this.path(`/var/lib/${state}`), { recursive: true, mode });
		}
		if (unit.get("WorkingDirectory") !== this.#home) throw new Error(`${name}: runs in another folder`);
		const [node = "", ...args] = (unit.get("ExecStart") ?? "").split(" ");
		const words = [basename(node), ...args];
		if (unit.get("Type") === "oneshot") return void (await this.#finish(name, words));
		const service = this.#start(words);
		this.#services.set(name, service);
		const ended = service.ended.then(({ code }) => Promise.reject(new Error(`${code}: ${service.log()}`)));
		await Promise.race([waitFor(`${name} greets`, () => /listening on .*\n/.test(service.output())), ended]);
		ended.catch(() => {});
	}

	async #stop(name: string): Promise<void> {
		const service = this.#services.get(name);
		if (service === undefined) throw new Error(`${name} does not run`);
		service.terminate();
		const { code } = await service.ended;
		if (code !== 0) throw new Error(`${name} ended with ${code}: ${service.log()}`);
	}
}

function readUnit(file: string): Unit {
	const lines = readFileSync(file, "utf8").split("\n");
	const settings = lines.flatMap((line) => {
		const [, name, value] = /^(\w+)=(.+)$/.exec(line) ?? [];
		return name === undefined || value === undefined ? [] : [[name, value] as const];
	});
	return new Map(settings);
}
