import { expect, test } from "vitest";
import { requestIdOf } from "./request-id.ts";

const ask = (given?: string) =>
  requestIdOf(new Request("http://localhost/", { headers: given === undefined ? {} : { "x-request-id": given } }));

test.each(["abc-123", "x".repeat(128), "!~"])("the caller's own id %j is kept", (given) => {
  expect(ask(given)).toBe(given);
});

test.each([undefined, "", "a b", "x".repeat(129), "é"])("in place of %j there is a fresh one of ours", (given) => {
  expect(ask(given)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/);
  expect(ask(given)).not.toBe(ask(given));
});
