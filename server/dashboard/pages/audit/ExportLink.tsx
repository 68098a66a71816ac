import { Button } from "@mantine/core";
import { getSession } from "@shared/endpoints/session.js";
import { IconDownload } from "@tabler/icons-react";
import { type MouseEvent, useState } from "react";
import { useApi } from "../../api/ApiContext.js";
import { showFailure } from "../../ui/showFailure.js";

interface ExportLinkProps {
	readonly href: string;
	/** The name of the file. */
	readonly name: string;
}

/**
 * The browser downloads the file with the session's cookie, however large. A denied
 * download would show nothing, so the session is checked first; if it has ended, the
 * sign-in dialog opens.
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
			showFailure(thrown, "Export failed");
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
			Export JSONL
		</Button>
	);
}
