/** What a browser says it is, from the most particular on: most of them also claim to be those below them. */
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

/** A User-Agent header as people say it: "Firefox 143 on Windows". One that is not known stays as it is, its beginning. */
export function describeBrowser(userAgent: string | undefined): string {
	if (userAgent === undefined || userAgent.trim() === "") return "A browser that does not say which";
	const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1];
	for (const [pattern, name] of browsers) {
		const match = pattern.exec(userAgent);
		if (match === null) continue;
		const version = match.slice(1).find((group) => group !== undefined);
		return [name, version, system && `on ${system}`].filter((part) => part !== undefined).join(" ");
	}
	return system === undefined ? userAgent.slice(0, 40) : `A browser on ${system}`;
}
