import { chromium } from "@playwright/test";
import { ensureChromium } from "./chromium.ts";
import { startServer } from "./server.ts";

/**
 * Once a browser run: a Chromium, and one server with the demo tenant, which lets it reach servers that a spec opens.
 * The specs read of both in the environment.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const executable = ensureChromium(chromium.executablePath());
  const server = await startServer({ mount: "node", env: { SWITCHYARD_EGRESS_ALLOW: "127.0.0.1" } });
  const { email, password, apiKey } = await server.credentials();
  Object.assign(process.env, {
    CHROMIUM_PATH: executable,
    E2E_BASE_URL: server.baseUrl,
    E2E_EMAIL: email,
    E2E_PASSWORD: password,
    E2E_API_KEY: apiKey,
  });
  return async () => {
    const code = await server.stop();
    if (code !== 0)
      throw new Error(`The server ended with ${code} on SIGTERM. It printed:\n${server.lines.join("\n")}`);
  };
}
