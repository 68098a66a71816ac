import { createContext, useContext } from "react";
import type { ApiClient } from "./client.js";

const ApiContext = createContext<ApiClient | undefined>(undefined);

export const ApiProvider = ApiContext.Provider;

export function useApi(): ApiClient {
	const api = useContext(ApiContext);
	if (api === undefined) throw new TypeError("useApi must be used inside ApiProvider.");
	return api;
}
