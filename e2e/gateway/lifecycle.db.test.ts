import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collect, eventData } from "#e2e/support/event-stream.ts";
import { poll, within } from "#e2e/support/poll.ts";
import { type ServerOptions, startServer, type TestServer } from "#e2e/support/server.ts";
import { makeTempFolder, removeTempFolder } from "#e2e/support/temp-folder.ts";
import { openUpstream, type Upstream } from "#e2e/support/upstream.ts";
import { beginStream, TEXT_CHUNKS, writeEvent } from "#e2e/support/upstream-answers.ts";

const MESSAGES = [{ role: "user", content: "Hello" }];

/** `npm start` as a newcomer has it: embedded PostgreSQL and the demo tenant, in one data folder throughout. */
describe("a server's life on one data folder", () => {
  let dataFolder: string;
  let upstream: Upstream;
  let running: TestServer | undefined;

  beforeAll(async () => {
    dataFolder = await makeTempFolder("lifecycle");
    upstream = await openUpstream();
  });
  afterAll(async () => {
    await running?.kill();
    await upstream?.close();
    await removeTempFolder(dataFolder);
  });

  async function start(env: ServerOptions["env"] = {}): Promise<TestServer> {
    running = await startServer({ mount: "node", dataFolder, env });
    return running;
  }
  async function chat(server: TestServer, body: object): Promise<Response> {
    const { apiKey } = await server.credentials();
    return fetch(`${server.baseUrl}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({ messages: MESSAGES, ...body }),
    });
  }
  async function listInvocations(server: TestServer): Promise<{ id: string; status: string }[]> {
    const headers = { authorization: `Bearer ${(await server.credentials()).apiKey}` };
    const response = await fetch(`${server.baseUrl}/api/tenants/demo/invocations`, { headers });
    return ((await response.json()) as { data: { id: string; status: string }[] }).data;
  }
  /** A caller that does not keep its connection for a next call: one that does is only let go after the drain's 30 s. */
  async function chatOnItsOwnConnection(server: TestServer): Promise<IncomingMessage> {
    const { apiKey } = await server.credentials();
    const call = request(`${server.baseUrl}/v1/chat/completions`, {
      method: "POST",
      agent: false,
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    });
    call.end(JSON.stringify({ model: "openai/gpt-4o-mini", messages: MESSAGES, stream: true }));
    const [response] = (await once(call, "response")) as [IncomingMessage];
    return response;
  }
  const idOf = (response: Response) => response.headers.get("x-switchyard-invocation-id");

  test("the printed key gets a simulated answer, marked as such", async () => {
    const server = await start();
    const response = await chat(server, { model: "email-classification" });
    expect(response.status).toBe(200);
    expect(response.headers.get("x-switchyard-simulated")).toBe("true");
    expect(response.headers.get("x-switchyard-provider")).toBe("demo");
    const record = await poll("the record", 2_000, async () => (await listInvocations(server))[0] ?? null);
    expect(record).toMatchObject({ id: idOf(response), isSimulated: true });
  });

  test("a second start on the same data folder says who has it, and ends", async () => {
    const second = startServer({ mount: "node", dataFolder });
    await expect(second).rejects.toThrow(
      /ended with 1;[\s\S]*already runs on the data folder[\s\S]*SWITCHYARD_DATA_DIR/,
    );
    expect((await chat(running as TestServer, { model: "ticket-triage" })).status).toBe(200);
  });

  test("after a kill the next start has the same key and every invocation that was on record", async () => {
    const server = running as TestServer;
    const before = await listInvocations(server);
    const { apiKey } = await server.credentials();
    await server.kill();
    const next = await start(upstream.environment());
    expect((await next.credentials()).apiKey).toBe(apiKey);
    const after = await listInvocations(next);
    expect(after).toEqual(expect.arrayContaining(before));
  });

  test("SIGTERM: no new calls, the one in flight is finished and on record, and the exit code is 0", async () => {
    const server = running as TestServer;
    const gate = Promise.withResolvers<void>();
    upstream.on("openai", async (response) => {
      beginStream(response);
      writeEvent(response, TEXT_CHUNKS[1]);
      await gate.promise;
      for (const one of [...TEXT_CHUNKS.slice(2), "[DONE]"]) writeEvent(response, one);
      response.end();
    });
    const response = await chatOnItsOwnConnection(server);
    const id = response.headers["x-switchyard-invocation-id"];
    const events = eventData({ body: response });
    expect((await events.next()).value).toContain("Hello");
    const stopped = server.stop();
    await poll("new connections to be refused", 5_000, () =>
      fetch(`${server.baseUrl}/api/health`).then(
        () => null,
        () => true,
      ),
    );
    gate.resolve();
    expect((await collect(events)).at(-1)).toBe("[DONE]");
    expect(await within("the server to end", 10_000, stopped)).toBe(0);

    const next = await start();
    expect((await listInvocations(next)).find((one) => one.id === id)).toMatchObject({ status: "succeeded" });
    expect(await next.stop()).toBe(0);
    running = undefined;
  });
});
