import { expect, test } from "vitest";
import type { StreamEvent } from "#lib/gateway/ports.ts";
import { parseStream } from "./parse-stream.ts";

const CHUNK = { choices: [{ delta: { content: "Hé" }, finish_reason: null }] };

async function parse(text: string, { hidesUsage = false, pieceLength = 1 } = {}): Promise<StreamEvent[]> {
  const body = new TextEncoder().encode(text);
  async function* pieces() {
    for (let at = 0; at < body.length; at += pieceLength) yield body.subarray(at, at + pieceLength);
  }
  const events: StreamEvent[] = [];
  const input = { bytes: pieces(), hidesUsage, signal: new AbortController().signal };
  for await (const event of parseStream(input)) events.push(event);
  return events;
}

test.each([1, 2, 7, 4_096])("events are the same however the network cut them: pieces of %i", async (pieceLength) => {
  const text = `: comment\r\n\r\ndata: ${JSON.stringify(CHUNK)}\r\n\r\nevent: x\ndata:${JSON.stringify(CHUNK)}\n\ndata: [DONE]\n\n`;
  const events = await parse(text, { pieceLength });
  expect(events.map(({ data }) => data)).toEqual([JSON.stringify(CHUNK), JSON.stringify(CHUNK), "[DONE]"]);
});

test("an error inside the stream is a failure with the provider's words, and its usage counts", async () => {
  const error = { error: { message: "Tool call failed", code: "tool_use_failed", status_code: 400 } };
  const usage = { prompt_tokens: 5, completion_tokens: 2 };
  const [event] = await parse(`event: error\ndata: ${JSON.stringify({ ...error, usage })}\n\n`);
  expect(event).toMatchObject({
    data: null,
    usage: { inputTokens: 5, outputTokens: 2 },
    failure: { kind: "invalid-request", httpStatus: 400, message: "Tool call failed" },
  });
});

test("usage is hidden where we asked for it, and is counted all the same", async () => {
  const usage = { prompt_tokens: 5, completion_tokens: 2 };
  const text = [
    { ...CHUNK, usage: null },
    { choices: [], usage },
    { ...CHUNK, x_groq: { usage } },
  ]
    .map((one) => `data: ${JSON.stringify(one)}\n\n`)
    .join("");
  const events = await parse(text, { hidesUsage: true });
  expect(events.map(({ data }) => data)).toEqual([
    JSON.stringify(CHUNK),
    null,
    JSON.stringify({ ...CHUNK, x_groq: { usage } }),
  ]);
  expect(events.map((event) => event.usage?.inputTokens)).toEqual([undefined, 5, 5]);
});

test("an event that is not JSON is a bad response", async () => {
  const [event] = await parse("data: {oops\n\n");
  expect(event?.failure).toMatchObject({ kind: "bad-response", message: expect.stringContaining("not JSON") });
});
