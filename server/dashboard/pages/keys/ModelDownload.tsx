import { Alert, Button, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { basePath } from "../../basePath.js";
import { CodeBlock } from "../../ui/CodeBlock.js";

const file = `${basePath}/download/Placelock.rbxm`;
/** `npm start` builds it beside the server, which takes some seconds. */
const askAgainMs = 3_000;

/** The SDK for Studio, as this server has it built; what to do when it was not. */
export function ModelDownload() {
	const { data: isBuilt } = useQuery({
		queryKey: ["model"],
		queryFn: async ({ signal }) => (await fetch(file, { method: "HEAD", signal })).ok,
		refetchInterval: ({ state }) => (state.data === true ? false : askAgainMs),
	});
	if (isBuilt === false) {
		return (
			<Alert color="yellow" title="The module is not built yet">
				<Text size="sm" mb="xs">
					Right after npm start it takes some seconds; the download appears here by itself. If it does not,
					build it:
				</Text>
				<CodeBlock title="On the server, in Placelock's folder" code="npm run build:roblox" />
			</Alert>
		);
	}
	return (
		<Button
			component="a"
			href={file}
			download="Placelock.rbxm"
			variant="default"
			w="fit-content"
			leftSection={<IconDownload size={16} aria-hidden />}
		>
			Download Placelock.rbxm
		</Button>
	);
}
