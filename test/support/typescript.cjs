/**
 * Makes plain node run the TypeScript sources, for child processes of tests:
 * `node -r ./test/support/typescript.cjs some/file.ts`. Types are not checked.
 */
const { existsSync, readFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, resolve } = require("node:path");
const { transformSync } = require("@swc/core");

require.extensions[".ts"] = (module, filename) => {
	const { code } = transformSync(readFileSync(filename, "utf8"), {
		filename,
		swcrc: false,
		sourceMaps: "inline",
		jsc: { parser: { syntax: "typescript" }, target: "es2022" },
		module: { type: "commonjs" },
	});
	module._compile(code, filename);
};

const resolveFilename = Module._resolveFilename;
/** Sources import the compiler's output: `./x.js` for `./x.ts`. */
Module._resolveFilename = function (request, parent, ...rest) {
	if (/^\.\.?\/.*\.js$/.test(request) && parent?.filename?.endsWith(".ts")) {
		const source = resolve(dirname(parent.filename), request.replace(/\.js$/, ".ts"));
		if (existsSync(source)) return source;
	}
	return resolveFilename.call(this, request, parent, ...rest);
};
