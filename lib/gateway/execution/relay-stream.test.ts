import { describe, expect, test } from "vitest";
import { makeAttempt, makeEvent, makeFailure, makeUsage } from "#e2e/isolation/support/gateway.ts";
import type { GatewayError } from "../errors.ts";
import type { StreamEvent } from "../ports.ts";
import { relayStream } from "./relay-stream.ts";

const text = (data: string) => makeEvent({ data, hasContent: true });
const FINISH = makeEvent({ data: '{"finish":1}', finishReason: "stop" });
const DONE = makeEvent({ data: "[DONE]" });

function start(events: StreamEvent[], onYield?: (at: number) => void) {
  const abort = new AbortController();
  const attempt = makeAttempt({ latencyMs: 5 });
  const ends: (GatewayError | null)[] = [];
  const provider = { isClosed: false };
  let elapsed = 10;
  async function* source() {
    try {
      for (const [at, event] of events.entries()) {
        elapsed += 10;
        onYield?.(at);
        yield event;
      }
    } finally {
      provider.isClosed = true;
    }
  }
  const relay = relayStream({
    events: source(),
    attempt,
    attempts: [attempt],
    elapsedMs: () => elapsed,
    signal: abort.signal,
    onEnd: (error) => void ends.push(error),
  });
  return { relay, attempt, ends, provider, abort };
}

async function readAll(relay: AsyncIterable<Uint8Array>): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of relay) pieces.push(new TextDecoder().decode(piece));
  return pieces;
}

describe("a whole answer", () => {
  test("is sent on event by event and ends with [DONE], once", async () => {
    const { relay, ends, provider } = start([text("a"), FINISH, DONE]);
    expect(await readAll(relay)).toEqual(["data: a\n\n", 'data: {"finish":1}\n\n', "data: [DONE]\n\n"]);
    expect(ends).toEqual([null]);
    expect(provider.isClosed).toBe(true);
  });

  test("whose provider leaves out [DONE] after its finish reason still ends with it", async () => {
    expect(await readAll(start([text("a"), FINISH]).relay)).toEqual([
      "data: a\n\n",
      'data: {"finish":1}\n\n',
      "data: [DONE]\n\n",
    ]);
  });

  test("puts first token, usage and duration on record", async () => {
    const { relay, attempt } = start([
      makeEvent({ data: "role" }),
      text("a"),
      text("b"),
      makeEvent({ usage: makeUsage(3, 4) }),
      DONE,
    ]);
    await readAll(relay);
    expect(attempt).toMatchObject({ status: "succeeded", firstTokenMs: 30, latencyMs: 60, usage: { outputTokens: 4 } });
  });

  test("whose JSON came over several lines is still one event", async () => {
    expect(await readAll(start([text('{\n"a":1}'), DONE]).relay)).toEqual([
      'data: {\ndata: "a":1}\n\n',
      "data: [DONE]\n\n",
    ]);
  });

  test("leaves out events that are not for the caller, and whatever follows [DONE]", async () => {
    const { relay } = start([makeEvent({ usage: makeUsage(1, 1) }), text("a"), DONE, text("late")]);
    expect(await readAll(relay)).toEqual(["data: a\n\n", "data: [DONE]\n\n"]);
  });
});

describe("a broken answer never ends with [DONE]", () => {
  test.each<[string, StreamEvent[], string]>([
    ["cut short without a finish reason", [text("a")], "stream-interrupted"],
    ["a failure in its middle", [text("a"), makeEvent({ failure: makeFailure("server-error") }), DONE], "server-error"],
    ["a failure after the finish reason", [FINISH, makeEvent({ failure: makeFailure("network") })], "network"],
  ])("%s", async (_, events, kind) => {
    const { relay, attempt, ends, provider } = start(events);
    const pieces = await readAll(relay);
    expect(pieces.join("")).not.toContain("[DONE]");
    const last = JSON.parse((pieces.at(-1) ?? "").replace(/^data: /, ""));
    expect(last).toEqual({
      error: {
        message: expect.stringContaining("acme/large"),
        type: "server_error",
        param: null,
        code: "all_targets_failed",
        attempts: [expect.objectContaining({ provider: "acme", model: "large", kind })],
      },
    });
    expect(pieces.filter((piece) => piece.includes('"error"'))).toHaveLength(1);
    expect(attempt).toMatchObject({ status: "failed", failureKind: kind });
    expect(ends).toMatchObject([{ code: "all_targets_failed" }]);
    expect(provider.isClosed).toBe(true);
  });

  test("tokens that were reported before the break stay on record", async () => {
    const { relay, attempt } = start([text("a"), makeEvent({ usage: makeUsage(9, 1) })]);
    await readAll(relay);
    expect(attempt.usage).toMatchObject({ inputTokens: 9 });
  });
});

describe("a caller that leaves early", () => {
  test("closes the provider's stream and is on record as gone, once", async () => {
    const { relay, attempt, ends, provider } = start([text("a"), text("b"), FINISH, DONE]);
    for await (const _ of relay) break;
    expect(provider.isClosed).toBe(true);
    expect(attempt).toMatchObject({ status: "aborted", failureKind: "client-aborted", latencyMs: 20 });
    expect(ends).toMatchObject([{ code: "client_closed_request" }]);
  });

  test("whose signal ends the provider's stream is sent no error event", async () => {
    const events = [text("a"), makeEvent({ failure: makeFailure("client-aborted") })];
    const started = start(events, (at) => {
      if (at === 1) started.abort.abort();
    });
    expect(await readAll(started.relay)).toEqual(["data: a\n\n"]);
    expect(started.attempt.status).toBe("aborted");
    expect(started.ends).toMatchObject([{ code: "client_closed_request" }]);
  });
});
