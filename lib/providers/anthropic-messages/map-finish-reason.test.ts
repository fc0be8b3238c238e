import { expect, test } from "vitest";
import { mapFinishReason } from "./map-finish-reason.ts";

test.each([
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["max_tokens", "length"],
  ["model_context_window_exceeded", "length"],
  ["tool_use", "tool-calls"],
  ["refusal", "content-filter"],
  ["pause_turn", "other"],
  ["constructor", "other"],
  [null, null],
  [undefined, null],
])("%s is %s", (reason, finishReason) => {
  expect(mapFinishReason(reason)).toBe(finishReason);
});
