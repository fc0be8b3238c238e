import { test as base } from "@playwright/test";
import { waitForHydration } from "./hydration.ts";
import { type DemoCredentials, startServer, type TestServer } from "./server.ts";

export { expect } from "@playwright/test";

/** Playwright's `test` with pages that are there only once they answer: for specs that start a server of their own. */
export const pageTest = base.extend({
  page: async ({ page }, use) => {
    await waitForHydration(page);
    await use(page);
  },
});

/**
 * The same against a server of the worker's, which lets the demo tenant reach servers that a spec opens. `demo`: that
 * tenant's sign-in and API key.
 */
export const test = pageTest.extend<{ demo: DemoCredentials }, { server: TestServer }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that one needs off this pattern.
    async ({}, use) => {
      const server = await startServer({ mount: "node", env: { SWITCHYARD_EGRESS_ALLOW: "127.0.0.1" } });
      await use(server);
      const code = await server.stop();
      if (code !== 0) {
        throw new Error(`The server ended with ${code} on SIGTERM. It printed:\n${server.lines.join("\n")}`);
      }
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: ({ server }, use) => use(server.baseUrl),
  demo: async ({ server }, use) => use(await server.credentials()),
});
