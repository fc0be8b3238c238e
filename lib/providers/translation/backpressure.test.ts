import { once } from "node:events";
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { StreamEvent } from "#lib/gateway/ports.ts";
import { createTransport } from "../transport.ts";
import { fakeAccount, fakeRequest } from "./fake-transport.ts";
import { OPENAI_CHAT_CODEC } from "./openai-chat/index.ts";
import { openTranslator } from "./translate.ts";

const event = (text: string) => `data: ${JSON.stringify({ candidates: [{ content: { parts: [{ text }] } }] })}\n\n`;
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A stream from a server of Gemini's wire, over real connections. */
async function open(listener: RequestListener, signal = new AbortController().signal) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const transport = createTransport();
  closers.push(
    () => transport.close(),
    async () => server.closeAllConnections(),
    async () => server.close(),
  );
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = openTranslator({ ...fakeAccount("google"), baseUrl }, transport, {
    "openai-chat": OPENAI_CHAT_CODEC,
  });
  const answer = await provider.call(fakeRequest({ isStream: true, signal }));
  if (answer.kind !== "stream") throw new Error("There is no stream.");
  return answer.events[Symbol.asyncIterator]() as AsyncIterator<StreamEvent>;
}

function begin(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(event("Hi"));
}

test("a caller that reads slowly slows the provider down: nothing piles up here", async () => {
  const piece = event("x".repeat(50_000));
  let written = 0;
  const events = await open((_, response) => {
    begin(response);
    const fill = () => {
      while (written < 400 && response.write(piece)) written += 1;
    };
    response.on("drain", fill);
    fill();
  });
  await events.next();
  await sleep(300);
  // 20 MB wait at the provider; what is on the way are the buffers of two sockets.
  expect(written).toBeLessThan(200);
  await events.return?.();
});

test("a caller that leaves ends the provider's work", async () => {
  let isClosed = false;
  const events = await open((_, response) => {
    begin(response);
    const timer = setInterval(() => response.write(event("more")), 20);
    response.on("close", () => {
      isClosed = true;
      clearInterval(timer);
    });
  });
  await events.next();
  await events.return?.();
  await expect.poll(() => isClosed, { timeout: 3_000 }).toBe(true);
});

test("an aborted call ends its stream although its provider says nothing more, and the provider's work", async () => {
  const controller = new AbortController();
  let isClosed = false;
  const events = await open((_, response) => {
    begin(response);
    response.on("close", () => {
      isClosed = true;
    });
  }, controller.signal);
  await events.next();
  const next = events.next();
  const rest: StreamEvent[] = [];
  controller.abort();
  for (let one = await next; !one.done; one = await events.next()) rest.push(one.value);
  expect(rest.at(-1)?.failure?.kind).toBe("client-aborted");
  await expect.poll(() => isClosed).toBe(true);
});
