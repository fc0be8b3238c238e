import { expect, test } from "vitest";
import { TRANSLATION_KINDS } from "../registry/entry.ts";
import type { Transport } from "../transport.ts";
import { FAKE_ANSWERS, frame } from "./fake-answers.ts";
import { fakeAccount, fakeRequest } from "./fake-transport.ts";
import { OPENAI_CHAT_CODEC } from "./openai-chat/index.ts";
import { openTranslator } from "./translate.ts";

test.each(TRANSLATION_KINDS)("%s is let go of when it goes silent after a garbled event", async (kind) => {
  const garbage = kind === "amazon-bedrock" ? frame("contentBlockDelta", { delta: 7 }) : Buffer.from("data: {oops\n\n");
  const { transport, isLeft } = silentAfter(garbage, FAKE_ANSWERS[kind].streamType);
  const provider = openTranslator(fakeAccount(kind), transport, { "openai-chat": OPENAI_CHAT_CODEC });
  const answer = await provider.call(fakeRequest({ isStream: true }));
  if (answer.kind === "stream") {
    for await (const { failure } of answer.events) if (failure !== null) break;
  }
  await expect.poll(isLeft).toBe(true);
});

/** A provider that sends one piece and then nothing more, with its connection open. */
function silentAfter(piece: Uint8Array, contentType: string): { transport: Transport; isLeft(): boolean } {
  let isLeft = false;
  const pieces = [piece];
  const stream: AsyncIterator<Uint8Array> = {
    next: async () => {
      const value = pieces.shift();
      return value === undefined ? new Promise<never>(() => {}) : { done: false, value };
    },
    return: async () => {
      isLeft = true;
      return { done: true, value: undefined };
    },
  };
  const response = {
    status: 200,
    header: (name: string) => (name === "content-type" ? contentType : undefined),
    readBody: async () => piece,
    stream: () => ({ [Symbol.asyncIterator]: () => stream }),
  };
  return { transport: { post: async () => response, close: async () => {} }, isLeft: () => isLeft };
}
