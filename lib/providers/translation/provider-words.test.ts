import { expect, test } from "vitest";
import { mapErrorObject } from "../map-failure.ts";
import { refine } from "./provider-words.ts";

const refused = (message: string) => refine({ ...mapErrorObject(null), kind: "invalid-request", message }).kind;

test("a tool loop whose thoughts were another model's goes to the next target", () => {
  const said =
    "messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is " +
    "enabled, a final `assistant` message must start with a thinking block (preceeding the lastmost set of `tool_use` " +
    "and `tool_result` blocks).";
  expect(refused(said)).toBe("unsupported");
});

test("a request that is at fault by itself stays so", () => {
  expect(refused("messages.1.content.0.type: Expected `text`, but found `tool_use`.")).toBe("invalid-request");
});
