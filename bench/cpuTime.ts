import { existsSync, readFileSync } from "node:fs";

/** Linux counts a process's time in ticks of a hundredth of a second (proc(5), USER_HZ). */
const ticksPerSecond = 100;

/** User and system time the process has used, in seconds; undefined where there is no /proc. */
export function cpuSeconds(pid: number): number | undefined {
	const file = `/proc/${pid}/stat`;
	if (!existsSync(file)) return undefined;
	// The name, in parentheses, may hold spaces; the fields after it do not.
	const fields = readFileSync(file, "utf8").split(") ").at(-1)?.split(" ") ?? [];
	return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
