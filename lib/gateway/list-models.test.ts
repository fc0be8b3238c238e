import { describe, expect, test } from "vitest";
import { DEMO_CONNECTION, makeConnection, makePrincipal, makeSnapshot } from "#e2e/isolation/support/gateway.ts";
import { makeGatewayCall, makePorts, textOf } from "#e2e/isolation/support/gateway-call.ts";
import type { Principal, RoutingSnapshot } from "./contract/snapshot.ts";
import { createGateway } from "./gateway.ts";

async function ask(path: string, part: Partial<RoutingSnapshot> = {}, key: Partial<Principal> = {}, headers = {}) {
  const principal = makePrincipal({ canCallModels: true, ...key });
  const ports = makePorts(
    {},
    {
      keys: { find: async () => principal },
      snapshots: { get: async () => makeSnapshot(part) },
    },
  );
  const call = makeGatewayCall(null, headers, { method: "GET", path });
  const reply = await createGateway(ports).handle(call);
  return { status: reply.status, headers: reply.headers, body: JSON.parse(await textOf(reply)) };
}
const list = async (...asked: [Partial<RoutingSnapshot>?, Partial<Principal>?, object?]) =>
  (await ask("/v1/models", ...asked)).body;
const ids = async (...asked: Parameters<typeof list>) =>
  (await list(...asked)).data.map(({ id }: { id: string }) => id);
const own = (provider: string, part: Parameters<typeof makeConnection>[1]) =>
  makeConnection(provider, { owner: "tenant", id: `own-${provider}`, ...part });

test("a key that may call functions alone sees these, and of them its own", async () => {
  expect(await ids({}, { canCallModels: false })).toEqual(["triage", "search"]);
  expect(await ids({}, { canCallModels: false, functions: ["triage"] })).toEqual(["triage"]);
});

test("the catalog's models are those of providers that an account is connected to", async () => {
  const connections = [makeConnection("other")];
  expect(await ids({ connections }, { functions: ["triage"] })).toEqual(["triage", "other/basic"]);
});

describe("a tenant's own connections", () => {
  const rack = own("vllm", { hosting: "self-hosted", models: ["qwen3-32b", "llama"] });
  const acme = own("acme", { models: ["large", "tuned"] });

  test("bring the models that they have besides the catalog's, each once", async () => {
    const second = own("vllm", { id: "own-2", hosting: "self-hosted", models: ["llama"] });
    const snapshot = { mode: "bring-your-own", connections: [acme, rack, second, makeConnection("other")] } as const;
    expect(await ids(snapshot, { functions: ["triage"] })).toEqual([
      "triage",
      "acme/large",
      "acme/small",
      "acme/tuned",
      "vllm/qwen3-32b",
      "vllm/llama",
    ]);
  });

  test("are offered in no mode that does not call them", async () => {
    const connections = [acme, rack, makeConnection("other")];
    const functions = ["triage"];
    expect(await ids({ mode: "platform-managed", connections }, { functions })).toEqual(["triage", "other/basic"]);
    expect(await ids({ mode: "self-hosted", connections, demoConnection: DEMO_CONNECTION }, { functions })).toEqual([
      "triage",
      "vllm/qwen3-32b",
      "vllm/llama",
    ]);
  });

  test("that residency or a key that cannot be opened keeps every call from are no offer", async () => {
    const residency = { regions: ["eu-west-1"], hosts: [rack.host] };
    const connections = [acme, rack, own("other", { regions: ["eu-west-1"], unopened: "The master key is missing." })];
    expect(await ids({ mode: "bring-your-own", connections, residency }, { functions: ["triage"] })).toEqual([
      "triage",
      "vllm/qwen3-32b",
      "vllm/llama",
    ]);
  });
});

test("a model that its name places outside of the residency is no offer, though its account is inside", async () => {
  const bedrock = own("bedrock", { regions: ["eu-central-1"], models: ["amazon.nova", "global.amazon.nova"] });
  const residency = { regions: ["eu-central-1"], hosts: [] };
  const snapshot = { mode: "bring-your-own", connections: [bedrock], residency } as const;
  expect(await ids(snapshot, { functions: ["triage"] })).toEqual(["triage", "bedrock/amazon.nova"]);
});

test("a model that a server only passes on to a cloud is no offer", async () => {
  const rack = own("ollama", { hosting: "self-hosted", models: ["llama3", "gpt-oss:20b-cloud"] });
  const snapshot = { mode: "self-hosted", connections: [rack] } as const;
  expect(await ids(snapshot, { functions: ["triage"] })).toEqual(["triage", "ollama/llama3"]);
});

test("OpenAI's clients get OpenAI's list, Anthropic's theirs", async () => {
  const connections = [makeConnection("other")];
  const key = { functions: ["triage"] };
  expect(await list({ connections }, key)).toEqual({
    object: "list",
    data: [
      { id: "triage", object: "model", created: 0, owned_by: "switchyard" },
      { id: "other/basic", object: "model", created: 0, owned_by: "other" },
    ],
  });
  const created_at = "1970-01-01T00:00:00.000Z";
  expect(await list({ connections }, key, { "anthropic-version": "2023-06-01" })).toEqual({
    data: [
      { type: "model", id: "triage", display_name: "Triage", created_at },
      { type: "model", id: "other/basic", display_name: "B", created_at },
    ],
    has_more: false,
    first_id: "triage",
    last_id: "other/basic",
  });
});

describe("one entry by its name", () => {
  const rack = own("vllm", { hosting: "self-hosted", models: ["org/qwen3-32b", "50%off"] });
  const snapshot = { mode: "bring-your-own", connections: [makeConnection("other"), rack] } as const;
  const anthropic = { "anthropic-version": "2023-06-01" };
  const retrieve = (name: string, key: Partial<Principal> = {}, headers = {}) =>
    ask(`/v1/models/${name}`, snapshot, key, headers);

  test.each([
    ["triage", "triage"],
    ["vllm/org/qwen3-32b", "vllm/org/qwen3-32b"],
    ["vllm%2Forg%2fqwen3-32b", "vllm/org/qwen3-32b"],
    ["vllm/50%25off", "vllm/50%off"],
    ["vllm/50%off", "vllm/50%off"],
  ])("%s is the entry %s of either client's list", async (name, id) => {
    for (const headers of [{}, anthropic]) {
      const entry = (await list(snapshot, {}, headers)).data.find((one: { id: string }) => one.id === id);
      expect(await retrieve(name, {}, headers)).toMatchObject({ status: 200, body: entry });
    }
  });

  test.each([
    ["what is not there", "vllm/nothing", {}],
    ["a name in another case", "Triage", {}],
    ["a model, to a key for functions alone", "vllm/org/qwen3-32b", { canCallModels: false }],
    ["a function, to a key for others", "search", { functions: ["triage"] }],
  ])("%s is not found, in the words of whose client asks", async (_, name, key) => {
    const { status, headers, body } = await retrieve(name, key);
    expect([status, headers["x-should-retry"]]).toEqual([404, "false"]);
    expect(body.error).toMatchObject({ code: "model_not_found", type: "invalid_request_error", param: "model" });
    expect(body.error.message).toContain(name);
    const said = await retrieve(name, key, anthropic);
    expect(said).toMatchObject({ status: 404, body: { type: "error", error: { type: "not_found_error" } } });
  });

  test("a name without an end is told cut short", async () => {
    expect((await retrieve("x".repeat(9_000))).body.error.message.length).toBeLessThan(200);
  });

  test("no name at all is no address", async () => {
    expect((await retrieve("")).body.error.code).toBe("not_found");
  });
});
