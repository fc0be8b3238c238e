import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Whether the page answers yet: what the server drew looks the same, but changes nothing. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
