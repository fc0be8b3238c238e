import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { startServer } from "#e2e/support/server.ts";

const DATABASE_URL = "postgresql://owner:hidden-word@127.0.0.1:1/nowhere";

/** What is set, and the words that the end has to say. */
const WRONG: [name: string, env: Record<string, string>, says: RegExp][] = [
  ["a port that is no number", { PORT: "abc" }, /PORT must be a port number/],
  ["a port out of range", { PORT: "70000" }, /PORT must be a port number/],
  [
    "a database address of another kind",
    { DATABASE_URL: "mysql://hidden-word" },
    /DATABASE_URL must look like postgresql:/,
  ],
  ["an app address alone", { DATABASE_APP_URL: DATABASE_URL }, /DATABASE_APP_URL is set without DATABASE_URL/],
  ["no master key in production", { DATABASE_URL, SWITCHYARD_MASTER_KEYS: "" }, /SWITCHYARD_MASTER_KEYS must be set/],
  ["no session secret in production", { DATABASE_URL, NEXTAUTH_SECRET: "" }, /NEXTAUTH_SECRET must be set/],
  [
    "a master key of the wrong length",
    { SWITCHYARD_MASTER_KEYS: "a:hidden-word" },
    /SWITCHYARD_MASTER_KEYS must be id:base64/,
  ],
  ["an unknown provider", { PLATFORM_NOSUCH_API_KEY: "hidden-word" }, /PLATFORM_NOSUCH_API_KEY names no provider/],
  [
    "a provider's address that is none",
    { PLATFORM_OPENAI_BASE_URL: "hidden-word" },
    /PLATFORM_OPENAI_BASE_URL must be an http/,
  ],
  [
    "an Azure account without an address",
    { PLATFORM_AZURE_OPENAI_API_KEY: "hidden-word" },
    /PLATFORM_AZURE_OPENAI_BASE_URL must be set/,
  ],
  [
    "an account without a key",
    { PLATFORM_OPENAI_BASE_URL: "http://127.0.0.1:1" },
    /PLATFORM_OPENAI_API_KEY must be set/,
  ],
  ["a database that nobody serves", { DATABASE_URL }, /DATABASE_URL names a database that cannot be used: nothing/],
  ["a log level that is none", { LOG_LEVEL: "loud" }, /LOG_LEVEL must be one of/],
  ["a public address that is none", { SWITCHYARD_PUBLIC_URL: "here" }, /SWITCHYARD_PUBLIC_URL must be an http/],
];

describe("a wrong environment stops the start with a sentence", () => {
  test.concurrent.each(WRONG)("%s", async (_, env, says) => {
    const output = await failToStart(env);
    expect(output).toMatch(/^The server ended with 1;/);
    expect(output).toMatch(says);
    expect(output).not.toContain("hidden-word");
    expect(output).not.toMatch(/^\s+at /m);
  });

  test("several wrong variables are named together", async () => {
    const output = await failToStart({ PORT: "abc", LOG_LEVEL: "loud" });
    expect(output).toMatch(/PORT[\s\S]*LOG_LEVEL/);
  });

  test("a port that is taken", async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
    const { port } = holder.address() as { port: number };
    try {
      const output = await failToStart({ PORT: String(port) });
      expect(output).toMatch(/^The server ended with 1;/);
      expect(output).toContain(`Port ${port} is taken on 127.0.0.1: set PORT to another.`);
    } finally {
      holder.close();
    }
  });
});

/** Why the server did not start, with what it printed. */
async function failToStart(env: Record<string, string>): Promise<string> {
  try {
    await startServer({ mount: "node", env }).then((server) => server.kill());
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("The server started.");
}
