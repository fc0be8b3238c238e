import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Where this page was loaded from, for snippets: the address by which a reader reaches this instance. */
export function useOrigin(): string {
  return useSyncExternalStore(
    never,
    () => window.location.origin,
    () => "http://localhost:3000",
  );
}
