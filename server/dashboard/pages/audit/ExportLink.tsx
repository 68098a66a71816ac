import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";

/** The browser downloads it with the session's cookie, however long it is. */
export function ExportLink({ href, name }: { readonly href: string; readonly name: string }) {
	return (
		<Button
			component="a"
			href={href}
			download={name}
			variant="default"
			leftSection={<IconDownload size={16} aria-hidden />}
		>
			Export as JSON lines
		</Button>
	);
}
