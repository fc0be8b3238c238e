import { environmentManager, QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api-error.ts";

const MAX_RETRIES = 2;

/** A client with the console's defaults: for one request on the server, for the tab's life in a browser. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Long enough that a page does not ask again for what the server has just put into it.
        staleTime: 4_000,
        retry: (failureCount, error) => isWorthRetrying(error) && failureCount < MAX_RETRIES,
      },
    },
  });
}

let browserClient: QueryClient | undefined;

/** The tab's one client; on the server a new one each time, so that no request sees another's data. */
export function getQueryClient(): QueryClient {
  if (environmentManager.isServer()) return makeQueryClient();
  browserClient ??= makeQueryClient();
  return browserClient;
}

function isWorthRetrying(error: Error): boolean {
  return !(error instanceof ApiError) || error.httpStatus === 0 || error.httpStatus >= 500;
}
