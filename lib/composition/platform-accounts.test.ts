import { expect, test } from "vitest";
import type { EgressTransport } from "#lib/providers/transport.ts";
import { openPlatformProviders } from "./platform-accounts.ts";

const nothingIsSent = () => Promise.reject(new Error("Nothing is sent here."));
const close = async () => {};
const unused: EgressTransport = {
  post: nothingIsSent,
  under: () => ({ post: nothingIsSent, get: nothingIsSent, close }),
  close,
};

function open(accounts: Record<string, Record<string, string>>, timeouts: { first?: number; idle?: number } = {}) {
  const platformAccounts = Object.entries(accounts).map(([provider, fields]) => ({ provider, fields }));
  const { first = null, idle = null } = timeouts;
  return openPlatformProviders({ platformAccounts, firstTokenTimeoutMs: first, idleTimeoutMs: idle }, unused);
}

test("an account is a connection that says which wires pass through and what a translation carries", () => {
  const { connections, demoConnection } = open({ openai: { apiKey: "k" }, google: { apiKey: "k" } });
  expect(demoConnection).toBeNull();
  expect(connections).toMatchObject([
    {
      id: "platform:openai",
      provider: "openai",
      isSimulated: false,
      wires: ["openai-chat", "openai-responses", "openai-embeddings"],
      translation: { features: expect.arrayContaining(["tools"]) },
    },
    { id: "platform:google", wires: [], translation: { features: expect.arrayContaining(["tools"]) } },
  ]);
});

test("every connection has a provider behind it, and no other connection has", () => {
  const platform = open({ openai: { apiKey: "k" }, vllm: { baseUrl: "http://10.0.0.5:8000/v1" } });
  for (const connection of platform.connections) expect(platform.get(connection)).toBeDefined();
  const [first] = platform.connections;
  if (first === undefined) throw new Error("There is no connection.");
  expect(() => platform.get({ ...first, id: "platform:nobody" })).toThrow("platform:nobody");
});

test("a server of one's own is given more time, and the operator's word counts before its kind", () => {
  const accounts = { openai: { apiKey: "k" }, vllm: { baseUrl: "http://10.0.0.5:8000/v1" } };
  const timeouts = (given: { first?: number; idle?: number }) =>
    open(accounts, given).connections.map((connection) => connection.timeouts);
  expect(timeouts({})).toEqual([
    { firstTokenMs: 60_000, idleMs: 30_000 },
    { firstTokenMs: 300_000, idleMs: 120_000 },
  ]);
  expect(timeouts({ first: 5_000, idle: 2_000 })).toEqual([
    { firstTokenMs: 5_000, idleMs: 2_000 },
    { firstTokenMs: 5_000, idleMs: 2_000 },
  ]);
});

test("without an account the demo provider stands in for all", () => {
  const { connections, demoConnection } = open({});
  expect(connections).toEqual([]);
  expect(demoConnection).toMatchObject({
    id: "demo",
    isSimulated: true,
    wires: expect.arrayContaining(["openai-chat"]),
  });
});
