import { beforeEach, describe, expect, test } from "vitest";
import { collect } from "#e2e/isolation/support/engine.ts";
import { createFakeClock, type FakeClock, settled } from "#e2e/isolation/support/fake-clock.ts";
import { GatewayError } from "../errors.ts";
import { OPENAI_CHAT_WIRE } from "../wires/openai-chat/index.ts";
import { beatUntil, encodeError, HEARTBEAT_MS, withinHeartbeat } from "./heartbeat.ts";

const COMMENT = ": the answer is being made\n\n";
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (said: string) => new TextEncoder().encode(said);

let clock: FakeClock;

beforeEach(() => {
  clock = createFakeClock();
});

describe("what comes within a heartbeat", () => {
  test("is handed over as it is, and no timer stays", async () => {
    expect(await withinHeartbeat(clock, Promise.resolve("here"))).toBe("here");
    await settled();
    expect(clock.pending()).toBe(0);
  });

  test("may be a fault", async () => {
    await expect(withinHeartbeat(clock, Promise.reject(new Error("no")))).rejects.toThrow("no");
  });

  test("and what does not is not waited for", async () => {
    const waiting = withinHeartbeat(clock, new Promise(() => {}));
    await clock.advance(HEARTBEAT_MS);
    expect(await waiting).toBeNull();
  });
});

describe("a caller that waits for a held answer", () => {
  const { promise: never } = Promise.withResolvers<string>();

  function begin(work: Promise<string> = never) {
    const log = { pieces: [] as string[], isDone: false, left: 0 };
    async function* open(result: string) {
      try {
        yield bytes(result);
        yield bytes("end");
      } finally {
        log.left += 1;
      }
    }
    async function* failed(fault: unknown) {
      yield bytes(`failed: ${(fault as Error).message}`);
    }
    const beating = beatUntil(clock, work, open, failed);
    const read = async () => {
      for await (const piece of beating) log.pieces.push(text(piece));
      log.isDone = true;
    };
    return { log, beating, read };
  }

  test("gets a comment at once and one a heartbeat, then the answer", async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const { log, read } = begin(promise);
    void read();
    await clock.advance(HEARTBEAT_MS * 2);
    expect(log.pieces).toEqual([COMMENT, COMMENT, COMMENT]);
    resolve("answer");
    await settled();
    expect(log).toEqual({ pieces: [COMMENT, COMMENT, COMMENT, "answer", "end"], isDone: true, left: 1 });
    expect(clock.pending()).toBe(0);
  });

  test("gets what is to be said of a fault", async () => {
    const { log, read } = begin(Promise.reject(new Error("no")));
    await read();
    expect(log.pieces).toEqual([COMMENT, "failed: no"]);
  });

  test("and leaves between two comments: the answer is begun and left, so that it is on record", async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const { log, beating } = begin(promise);
    await beating.next();
    await beating.return(undefined);
    expect(log.left).toBe(0);
    resolve("answer");
    await settled();
    expect(log.left).toBe(1);
  });

  test("and leaves while the answer goes out: it is left once", async () => {
    const { log, beating } = begin(Promise.resolve("answer"));
    await beating.next();
    expect(text((await beating.next()).value as Uint8Array)).toBe("answer");
    await beating.return(undefined);
    await settled();
    expect(log.left).toBe(1);
  });
});

test("an error is one event, and no end mark follows", async () => {
  const pieces = await collect(encodeError(OPENAI_CHAT_WIRE, new GatewayError("internal_error", "No."), "r"));
  expect(pieces.map(text)).toEqual([expect.stringMatching(/^data: \{"error":\{.*"code":"internal_error".*\}\}\n\n$/)]);
});
