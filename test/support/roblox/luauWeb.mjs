/**
 * A Luau machine with memory of its own. luau-web puts every machine into one
 * WebAssembly memory of 17 MB, and ending a machine there spoils the next. So
 * each machine gets its own copy of the module, compiled once, with room to work.
 */

/** 96 MB, in pages of 64 KiB; the system commits only what is touched. */
const memoryPages = 1536;

/** @type {WebAssembly.Module | undefined} */
let compiled;

const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (source, imports) => {
	if (source instanceof WebAssembly.Module) return instantiate(source, imports);
	compiled ??= await WebAssembly.compile(withMemory(new Uint8Array(source)));
	return { module: compiled, instance: await instantiate(compiled, imports) };
};

let copies = 0;

/** @returns {Promise<{ state: import("luau-web").LuauState, free: () => void }>} */
export async function openMachine() {
	// A query makes node load the small module anew, and with it a new memory.
	const copy = await import(`${import.meta.resolve("luau-web")}?copy=${++copies}`);
	const state = await copy.LuauState.createAsync();
	const held = copy.InternalLuauWasmModule;
	return {
		state,
		// Modules are never unloaded, but without these nothing keeps the memory.
		free() {
			for (const key of Object.keys(held)) delete held[key];
		},
	};
}

/** The module with the size of its memory replaced (section 5 of the binary format). */
function withMemory(/** @type {Uint8Array} */ bytes) {
	let at = 8;
	while (at < bytes.length) {
		const id = bytes[at];
		const size = readNumber(bytes, at + 1);
		const end = size.next + size.value;
		if (id === 5) {
			const limits = [1, 1, ...writeNumber(memoryPages), ...writeNumber(memoryPages)];
			const section = [5, ...writeNumber(limits.length), ...limits];
			return Buffer.concat([bytes.subarray(0, at), Buffer.from(section), bytes.subarray(end)]);
		}
		at = end;
	}
	throw new Error("luau-web's module has no memory of its own");
}

/** An unsigned LEB128 number. */
function readNumber(bytes, at) {
	let value = 0;
	for (let shift = 0, next = at; ; shift += 7, next++) {
		value |= (bytes[next] & 0x7f) << shift;
		if ((bytes[next] & 0x80) === 0) return { value, next: next + 1 };
	}
}

function writeNumber(value) {
	const low = value & 0x7f;
	return value < 0x80 ? [low] : [low | 0x80, ...writeNumber(value >>> 7)];
}
