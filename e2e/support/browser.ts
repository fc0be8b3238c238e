import { test as base } from "@playwright/test";
import type { DemoCredentials } from "./server.ts";

export { expect } from "@playwright/test";

/** Playwright's `test` against the run's one server, with `demo`: the demo tenant's sign-in and API key. */
export const test = base.extend<{ demo: DemoCredentials }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that one needs off this pattern.
  baseURL: ({}, use) => use(named("E2E_BASE_URL")),
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  demo: ({}, use) => use({ email: named("E2E_EMAIL"), password: named("E2E_PASSWORD"), apiKey: named("E2E_API_KEY") }),
});

function named(variable: string): string {
  const value = process.env[variable];
  if (value === undefined) throw new Error(`${variable} is not set: run the specs with Playwright's configuration.`);
  return value;
}
