import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { getSession } from "@shared/endpoints/session.js";
import { IconDownload } from "@tabler/icons-react";
import { type MouseEvent, useState } from "react";
import { useApi } from "../../api/ApiContext.js";
import { asProblem } from "../../api/problem.js";

interface ExportLinkProps {
	readonly href: string;
	/** What the file is called. */
	readonly name: string;
}

/**
 * The browser downloads it with the session's cookie, however long it is. A
 * download that is refused says nothing on the page, so the session is looked
 * at first; where it has ended, the page for signing in takes over.
 */
export function ExportLink({ href, name }: ExportLinkProps) {
	const api = useApi();
	const [busy, setBusy] = useState(false);
	const download = async (event: MouseEvent) => {
		event.preventDefault();
		setBusy(true);
		try {
			await api.call(getSession, {});
			const link = document.createElement("a");
			link.href = href;
			link.download = name;
			link.click();
		} catch (thrown) {
			const { title, fix } = asProblem(thrown).details;
			notifications.show({ color: "red", title: "Nothing was exported", message: `${title}. ${fix}` });
		} finally {
			setBusy(false);
		}
	};
	return (
		<Button
			component="a"
			href={href}
			download={name}
			variant="default"
			loading={busy}
			leftSection={<IconDownload size={16} aria-hidden />}
			onClick={download}
		>
			Export as JSON lines
		</Button>
	);
}
