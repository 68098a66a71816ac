import { relativeTime } from "../../server/dashboard/ui/relativeTime.js";

const now = new Date("2026-11-21T12:00:00Z");
const seconds = { minute: 60, hour: 3600, day: 86_400 };

it.each([
	[0, "just now"],
	[-59, "just now"],
	[5, "just now"],
	[45, "in less than a minute"],
	[-seconds.minute, "1 minute ago"],
	[-119, "1 minute ago"],
	[-59.9 * seconds.minute, "59 minutes ago"],
	[-seconds.hour, "1 hour ago"],
	[-23.9 * seconds.hour, "23 hours ago"],
	[-1.9 * seconds.day, "1 day ago"],
	[59.8 * seconds.minute, "in 1 hour"],
	[1.4 * seconds.hour, "in 1 hour"],
	[seconds.day - 60, "in 1 day"],
	[7 * seconds.day - 5, "in 7 days"],
	[-59 * seconds.day, "59 days ago"],
	[-60 * seconds.day, "2 months ago"],
	[364 * seconds.day, "in 12 months"],
	[400 * seconds.day, "in 1 year"],
	[-800 * seconds.day, "2 years ago"],
])("formats a time %d seconds from now as: %s", (away, words) => {
	expect(relativeTime(new Date(now.getTime() + away * 1000), now)).toBe(words);
});
