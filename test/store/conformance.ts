import { auditConformance } from "./conformance/audit.js";
import { changeFeedConformance } from "./conformance/changeFeed.js";
import { keyRacesConformance } from "./conformance/keyRaces.js";
import { keysConformance } from "./conformance/keys.js";
import { openingConformance } from "./conformance/opening.js";
import { pagingConformance } from "./conformance/paging.js";
import { placesConformance } from "./conformance/places.js";
import { secretMarksConformance } from "./conformance/secretMarks.js";
import { usageConformance } from "./conformance/usage.js";
import { workspacesConformance } from "./conformance/workspaces.js";
import type { NewDatabase } from "./testDatabase.js";

/** What every adapter of the store port must do, whatever it stands on. */
export function storeConformance(newDatabase: NewDatabase): void {
	openingConformance(newDatabase);
	workspacesConformance(newDatabase);
	placesConformance(newDatabase);
	keysConformance(newDatabase);
	keyRacesConformance(newDatabase);
	auditConformance(newDatabase);
	pagingConformance(newDatabase);
	usageConformance(newDatabase);
	changeFeedConformance(newDatabase);
	secretMarksConformance(newDatabase);
}
