/** Browsers by their User-Agent, most specific first: most also claim to be the ones below them. */
const browsers = [
	[/\bEdgA?\/(\d+)|\bEdgiOS\/(\d+)/, "Edge"],
	[/\bOPR\/(\d+)/, "Opera"],
	[/\bSamsungBrowser\/(\d+)/, "Samsung Internet"],
	[/\bVivaldi\/(\d+)/, "Vivaldi"],
	[/\b(?:Firefox|FxiOS)\/(\d+)/, "Firefox"],
	[/\b(?:Headless)?Chrome\/(\d+)|\bCriOS\/(\d+)/, "Chrome"],
	[/\bVersion\/(\d+)\S* (?:Mobile\/\S+ )?Safari\//, "Safari"],
] as const;

const systems = [
	[/\biPad\b/, "iPad"],
	[/\biPhone\b/, "iPhone"],
	[/\bAndroid\b/, "Android"],
	[/\bCrOS\b/, "ChromeOS"],
	[/\bWindows\b/, "Windows"],
	[/\bMac OS X\b|\bMacintosh\b/, "macOS"],
	[/\bLinux\b/, "Linux"],
] as const;

/** A User-Agent header as "Firefox 143 on Windows". Unknown ones are returned as they are, shortened. */
export function describeBrowser(userAgent: string | undefined): string {
	if (userAgent === undefined || userAgent.trim() === "") return "Unknown browser";
	const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1];
	for (const [pattern, name] of browsers) {
		const match = pattern.exec(userAgent);
		if (match === null) continue;
		const version = match.slice(1).find((group) => group !== undefined);
		return [name, version, system && `on ${system}`].filter((part) => part !== undefined).join(" ");
	}
	return system === undefined ? userAgent.slice(0, 40) : `Unknown browser on ${system}`;
}
