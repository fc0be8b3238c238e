import { describe, expect, test } from "vitest";
import { clientAddress, pathOf } from "./front-door.ts";

describe("the caller's address", () => {
  const PROXIES = ["10.0.0.0/8", "fd00::/8"];

  test.each([
    ["the connection's own", "203.0.113.5", "", "203.0.113.5"],
    ["not what a caller says of themselves", "203.0.113.5", "1.2.3.4", "203.0.113.5"],
    ["what a trusted proxy says", "10.0.0.2", "203.0.113.5", "203.0.113.5"],
    ["what the proxy saw, and not what the caller had sent to it", "10.0.0.2", "1.2.3.4, 203.0.113.5", "203.0.113.5"],
    ["what the first of several proxies saw", "10.0.0.2", "1.2.3.4, 203.0.113.5, 10.0.0.9, fd00::7", "203.0.113.5"],
    ["a proxy's own where it says nothing", "10.0.0.2", "", "10.0.0.2"],
    ["a proxy's own where what it says is no address", "10.0.0.2", "203.0.113.5, unknown", "10.0.0.2"],
    ["the farthest proxy where there are only proxies", "10.0.0.2", "10.0.0.3", "10.0.0.3"],
    ["an IPv4 address as such", "::ffff:10.0.0.2", "::ffff:203.0.113.5", "203.0.113.5"],
    ["an IPv6 address", "fd00::1", "2001:db8::5", "2001:db8::5"],
  ])("is %s", (_, remote, forwarded, address) => {
    expect(clientAddress(remote, forwarded, PROXIES)).toBe(address);
  });
});

test.each([
  ["/v1/models?a=1", "/v1/models?a=1"],
  ["http://elsewhere.example/v1/models?a=1", "/v1/models?a=1"],
  ["https://elsewhere.example", "/"],
  ["//elsewhere.example/v1", "//elsewhere.example/v1"],
  ["*", "/"],
  ["javascript:alert(1)", "/"],
])("the target %s is the path %s", (target, path) => {
  expect(pathOf(target)).toBe(path);
});
