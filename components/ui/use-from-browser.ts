import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** What only the browser knows and never changes, and what stands for it until React has taken the page over. */
export function useFromBrowser<Value>(read: () => Value, onServer: Value): Value {
  return useSyncExternalStore(never, read, () => onServer);
}

/** Whether the page answers yet: what the server drew looks the same, but changes nothing. */
export function useIsHydrated(): boolean {
  return useFromBrowser(() => true, false);
}
