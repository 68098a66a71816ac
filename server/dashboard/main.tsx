import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./style.css";
import { ApiProvider } from "./api/ApiContext.js";
import { ApiClient } from "./api/client.js";
import { createQueryClient } from "./api/queryClient.js";
import { basePath, pinIcon, publicUrl } from "./basePath.js";
import { reloadWhenOutdated } from "./outdated.js";
import { createPageRouter } from "./routes.js";
import { syncServerTime } from "./serverTime.js";
import { openTabChannel } from "./session/tabChannel.js";
import { clearSession, markSignedOut, refetchSession, storeSession } from "./session/useSession.js";
import { styleNonce } from "./styleNonce.js";
import { resolveVariables, theme } from "./theme.js";
import { listenForEscape } from "./ui/escapeHandlers.js";

reloadWhenOutdated();
listenForEscape();
pinIcon();
const queryClient = createQueryClient();
const api = new ApiClient({
	base: basePath,
	fetch: (...args) => fetch(...args),
	publicUrl: publicUrl(),
	onSignedIn: (session) => {
		if (storeSession(queryClient, session)) tabs.post("signed in");
	},
	onEnded: () => {
		markSignedOut(queryClient);
		tabs.post("signed out");
	},
	onDate: syncServerTime,
	onSignedOut: () => clearSession(queryClient),
});
const tabs = openTabChannel(basePath);
tabs.onMessage((message) => {
	if (message === "signed in") return refetchSession(queryClient);
	markSignedOut(queryClient);
	api.clearSession();
});
const schemes = localStorageColorSchemeManager({ key: "placelock-colour-scheme" });
const root = document.getElementById("root");
if (root === null) throw new TypeError("The page has no root element.");

createRoot(root).render(
	<StrictMode>
		<MantineProvider
			theme={theme}
			cssVariablesResolver={resolveVariables}
			colorSchemeManager={schemes}
			defaultColorScheme="auto"
			getStyleNonce={() => styleNonce}
		>
			<QueryClientProvider client={queryClient}>
				<ApiProvider value={api}>
					<Notifications position="bottom-right" />
					<RouterProvider router={createPageRouter(basePath)} />
				</ApiProvider>
			</QueryClientProvider>
		</MantineProvider>
	</StrictMode>,
);
