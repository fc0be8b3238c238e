import { useFromBrowser } from "#components/ui/use-from-browser.ts";

/** Where this page was loaded from, for snippets: the address by which a reader reaches this instance. */
export function useOrigin(): string {
  return useFromBrowser(() => window.location.origin, "http://localhost:3000");
}
