/**
 * Opens Luau VMs that each have their own memory. luau-web runs all VMs in one
 * WebAssembly memory of 17 MB, and ending one there corrupts the next. So each VM
 * gets its own instance of the module, which is compiled once, with more memory.
 */

/** 96 MB, in pages of 64 KiB. The system commits only the pages that are used. */
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
export async function openLuau() {
	// A query makes Node load the module again, and with it a new memory.
	const copy = await import(`${import.meta.resolve("luau-web")}?copy=${++copies}`);
	const state = await copy.LuauState.createAsync();
	const internals = copy.InternalLuauWasmModule;
	return {
		state,
		// Node never unloads a module, but without its internals the memory can be freed.
		free() {
			for (const key of Object.keys(internals)) delete internals[key];
		},
	};
}

/** Replaces the size of the module's memory (section 5 of the binary format). */
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

/** Reads an unsigned LEB128 number. */
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
