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
import { createAnswers } from "./api/answers.js";
import { ApiClient } from "./api/client.js";
import { reloadWhenOutdated } from "./outdated.js";
import { createPageRouter } from "./routes.js";
import { learnServerTime } from "./serverTime.js";
import { openTabs } from "./session/tabs.js";
import { askForSession, expectEnd, forgetSession, rememberSession } from "./session/useSession.js";
import { styleNonce } from "./styleNonce.js";
import { resolveVariables, theme } from "./theme.js";
import { watchEscape } from "./ui/topEscape.js";
import { pinIcon, publicUrl, where } from "./where.js";

reloadWhenOutdated();
watchEscape();
pinIcon();
const answers = createAnswers();
const api = new ApiClient({
	base: where,
	fetch: (...given) => fetch(...given),
	publicUrl: publicUrl(),
	onSignedIn: (session) => {
		if (rememberSession(answers, session)) tabs.tell("signed in");
	},
	onEnded: () => {
		expectEnd(answers);
		tabs.tell("signed out");
	},
	onDate: learnServerTime,
	onSignedOut: () => forgetSession(answers),
});
const tabs = openTabs(where);
tabs.onNews((news) => {
	if (news === "signed in") return askForSession(answers);
	expectEnd(answers);
	api.forget();
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
			<QueryClientProvider client={answers}>
				<ApiProvider value={api}>
					<Notifications position="bottom-right" />
					<RouterProvider router={createPageRouter(where)} />
				</ApiProvider>
			</QueryClientProvider>
		</MantineProvider>
	</StrictMode>,
);
