import { expect, test } from "vitest";
import { makeGatewayCall } from "#e2e/isolation/support/gateway-call.ts";
import { WIRES } from "./contract/wire.ts";
import { passHeaders } from "./pass-headers.ts";

const SENT = {
  "anthropic-version": "2023-06-01",
  "anthropic-beta": "context-1m",
  "x-api-key": "sy_good",
  "openai-organization": "org",
  cookie: "session",
};

test.each(WIRES)("%s: only its own wire's headers go on, and never a credential", (wire) => {
  const isAnthropic = wire.startsWith("anthropic-");
  const expected = isAnthropic ? { "anthropic-version": "2023-06-01", "anthropic-beta": "context-1m" } : {};
  expect(passHeaders(makeGatewayCall({}, SENT), wire)).toEqual(expected);
});

test("what was not sent is not there", () => {
  expect(passHeaders(makeGatewayCall({}, { "anthropic-version": "x" }), "anthropic-messages")).toEqual({
    "anthropic-version": "x",
  });
});
