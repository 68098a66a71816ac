import { Alert, Button, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { basePath } from "../../basePath.js";
import { CodeBlock } from "../../ui/CodeBlock.js";

const file = `${basePath}/download/Placelock.rbxm`;
/** `npm start` builds the model while the server starts, which takes some seconds. */
const pollMs = 3_000;

/** The download of the SDK for Studio; instructions while it is not built. */
export function ModelDownload() {
	const { data: isBuilt } = useQuery({
		queryKey: ["model"],
		queryFn: async ({ signal }) => (await fetch(file, { method: "HEAD", signal })).ok,
		refetchInterval: ({ state }) => (state.data === true ? false : pollMs),
	});
	if (isBuilt === false) {
		return (
			<Alert color="yellow" title="The module is not built yet">
				<Text size="sm" mb="xs">
					After npm start it takes a few seconds until the download appears here. If it does not, build the
					module:
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
