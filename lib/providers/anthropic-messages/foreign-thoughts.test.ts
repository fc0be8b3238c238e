import { expect, test } from "vitest";
import { MESSAGES_MARK } from "#lib/gateway/contract/kept-thought.ts";
import { withoutForeignThoughts } from "./foreign-thoughts.ts";

const FOREIGN = { type: "thinking", thinking: "Hm", signature: `${MESSAGES_MARK}abc` };
const OWN = { type: "thinking", thinking: "Hm", signature: "EqoB" };
const TEXT = { type: "text", text: "Hi" };
const USER = { role: "user", content: `Is ${MESSAGES_MARK} a mark?` };

const strip = (...messages: unknown[]) => withoutForeignThoughts({ messages }, JSON.stringify(messages));

test("another model's thoughts are left out, and nothing else", () => {
  expect(strip(USER, { role: "assistant", content: [FOREIGN, OWN, TEXT] })).toEqual([
    USER,
    { role: "assistant", content: [OWN, TEXT] },
  ]);
});

test("a message that was nothing but such a thought is left out whole", () => {
  expect(strip(USER, { role: "assistant", content: [FOREIGN] }, USER)).toEqual([USER, USER]);
});

test("a conversation without any is not touched", () => {
  expect(strip(USER, { role: "assistant", content: [OWN, TEXT] })).toBeUndefined();
  expect(strip(USER, { role: "assistant", content: [null, { type: "text", text: MESSAGES_MARK }] })).toBeUndefined();
});
