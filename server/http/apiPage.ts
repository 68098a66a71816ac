import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { htmlPage } from "./html.js";

/**
 * `/docs`: Swagger UI over `/openapi.json`. Everything comes from this server;
 * the Content-Security-Policy blocks other hosts.
 */
export const apiPage = htmlPage(
	"Placelock API",
	`<link rel="icon" href="docs/favicon.png">
<link rel="stylesheet" href="docs/swagger-ui.css">`,
	`<div id="api"><noscript>This page needs JavaScript. The document it shows is <a href="openapi.json">openapi.json</a>.</noscript></div>
<script src="docs/swagger-ui.js"></script>
<script src="docs/start.js"></script>`,
);

/** A separate file, because the policy does not allow inline scripts. */
export const apiPageScript = `SwaggerUIBundle({
	url: "openapi.json",
	dom_id: "#api",
	deepLinking: true,
	docExpansion: "list",
	defaultModelsExpandDepth: 0,
	displayRequestDuration: true,
	// By default it sends the document to an online validator.
	validatorUrl: null,
});
`;

/** The files of Swagger UI that the page uses, by the name they are served under. */
const swaggerFiles = {
	"swagger-ui.js": { file: "swagger-ui-bundle.js", type: "text/javascript" },
	"swagger-ui.css": { file: "swagger-ui.css", type: "text/css" },
	"favicon.png": { file: "favicon-32x32.png", type: "image/png" },
} as const;

export type SwaggerFile = keyof typeof swaggerFiles;
export const swaggerFileNames = Object.keys(swaggerFiles) as SwaggerFile[];

/** Reads a file of the package on its first request, so that startup does not wait for a page nobody may open. */
export function readSwaggerFile(name: SwaggerFile): { readonly type: string; readonly content: Buffer } {
	const { file, type } = swaggerFiles[name];
	const folder = dirname(require.resolve("swagger-ui-dist/package.json"));
	const content = readFileSync(join(folder, file));
	return { type, content: type === "image/png" ? content : withoutSourceMap(content) };
}

/** The source maps are not served, and browsers with developer tools open would request them. */
function withoutSourceMap(content: Buffer): Buffer {
	return Buffer.from(content.toString().replace(/(\/\/|\/\*)# sourceMappingURL=\S+( \*\/)?\s*$/, ""));
}
