import { expect, test } from "vitest";
import { mayReadMetrics } from "./may-read.ts";

const ask = (remoteAddress: string | null, headers: Record<string, string> = {}, token: string | null = "right") =>
  mayReadMetrics({ remoteAddress, header: (name) => headers[name] }, token);

test.each(["127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"])("%s is this machine", (address) => {
  expect(ask(address, {}, null)).toBe(true);
});

test.each(["10.0.0.1", "203.0.113.7", "::ffff:10.0.0.1", "::2", null])("%s is not", (address) => {
  expect(ask(address)).toBe(false);
});

test("what a proxy of this machine passes on comes from elsewhere", () => {
  expect(ask("127.0.0.1", { "x-forwarded-for": "127.0.0.1" })).toBe(false);
  expect(ask("127.0.0.1", { forwarded: "for=127.0.0.1" })).toBe(false);
});

test("the token opens from anywhere, a wrong one and none do not", () => {
  expect(ask(null, { authorization: "Bearer right" })).toBe(true);
  expect(ask("10.0.0.1", { authorization: "bearer right" })).toBe(true);
  expect(ask("10.0.0.1", { authorization: "Bearer wrong" })).toBe(false);
  expect(ask("10.0.0.1", { authorization: "Bearer undefined" }, null)).toBe(false);
  expect(ask("10.0.0.1", { authorization: "Basic right" })).toBe(false);
});
