import { describe, expect, test } from "vitest";
import { makeFailure } from "#e2e/isolation/support/gateway.ts";
import { asInterruption, NO_EVENT, readEvents } from "./stream-event.ts";

const encode = (text: string) => new TextEncoder().encode(text);

async function read(pieces: readonly Uint8Array[], fault?: Error, signal = new AbortController().signal) {
  async function* bytes() {
    yield* pieces;
    if (fault !== undefined) throw fault;
  }
  const seen: string[] = [];
  const events = readEvents({
    bytes: bytes(),
    signal,
    read: ({ event, data }) => ({ ...NO_EVENT, text: `${event ?? "-"} ${data}` }),
  });
  for await (const { text, failure } of events) seen.push(failure === null ? text : `!${failure.kind}`);
  return seen;
}

test("events have their names and their data, of several lines too; comments are none", async () => {
  expect(await read([encode(': hi\n\nevent: a\ndata: 1\n\ndata: {\ndata: "b":2}\n\n')])).toEqual([
    "a 1",
    '- {\n"b":2}',
  ]);
});

test("a character that the network cut in two is one character", async () => {
  const bytes = encode("data: ü€😀\n\n");
  expect(await read([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(["- ü€😀"]);
});

test("a last event whose closing blank line never came is still an event", async () => {
  expect(await read([encode("data: 1\n\ndata: [DONE]")])).toEqual(["- 1", "- [DONE]"]);
});

describe("a break is a last event with a failure", () => {
  const reset = Object.assign(new Error("reset"), { code: "ECONNRESET" });

  test("of the connection", async () => {
    expect(await read([encode("data: 1\n\n")], reset)).toEqual(["- 1", "!stream-interrupted"]);
  });

  test("of the caller's doing", async () => {
    expect(await read([], reset, AbortSignal.abort())).toEqual(["!client-aborted"]);
  });

  test("of a reader that cannot make sense of an event", async () => {
    async function* bytes() {
      yield encode("data: 1\n\n");
    }
    const explode = () => {
      throw new TypeError("not iterable");
    };
    const { signal } = new AbortController();
    const kinds: unknown[] = [];
    for await (const { failure } of readEvents({ bytes: bytes(), signal, read: explode })) kinds.push(failure?.kind);
    expect(kinds).toEqual(["bad-response"]);
  });
});

test.each([
  ["network", "stream-interrupted"],
  ["timeout", "timeout"],
  ["client-aborted", "client-aborted"],
  ["bad-response", "bad-response"],
] as const)("%s inside a stream is %s", (kind, expected) => {
  expect(asInterruption(makeFailure(kind)).kind).toBe(expected);
});
