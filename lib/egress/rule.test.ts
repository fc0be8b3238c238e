import { describe, expect, test } from "vitest";
import { type AllowList, NOTHING_ALLOWED } from "./allow-list.ts";
import { type Destination, type EgressRule, mayConnect, OPERATOR, PUBLIC } from "./rule.ts";

const TO: Destination = { host: "gpu.internal", port: 443, isEncrypted: true };
const EVERYWHERE = ["0.0.0.0/0", "::/0"];
const ALLOW: AllowList = { hosts: ["gpu.internal"], networks: ["192.168.0.0/16"] };

type Listed = Extract<EgressRule, { kind: "listed" }>;
const listed = (part: Partial<Listed>): Listed => ({
  kind: "listed",
  name: "self-hosted mode",
  hosts: ["gpu.internal"],
  networks: EVERYWHERE,
  enteredBy: "tenant",
  ...part,
});

function reasonAgainst(rule: EgressRule, address: string, to: Partial<Destination> = {}, allow = NOTHING_ALLOWED) {
  const verdict = mayConnect(rule, { ...TO, ...to }, address, allow);
  return verdict.isAllowed ? null : verdict.reason;
}

test("the operator's own accounts may be anywhere", () => {
  for (const address of ["127.0.0.1", "169.254.169.254", "not an address"]) {
    expect(reasonAgainst(OPERATOR, address, { port: 22, isEncrypted: false })).toBe(null);
  }
});

describe("what a tenant entered", () => {
  test("may be a public address over HTTPS", () => {
    expect(reasonAgainst(PUBLIC, "1.1.1.1")).toBe(null);
    expect(reasonAgainst(PUBLIC, "2606:4700::1111", { port: 8443 })).toBe(null);
  });

  test.each<[string, string, Partial<Destination>, RegExp]>([
    ["loopback", "127.0.0.1", {}, /an address of this machine/],
    ["private", "10.0.0.1", {}, /a private address/],
    ["metadata", "169.254.169.254", {}, /a cloud's metadata address/],
    ["mapped", "::ffff:1.1.1.1", {}, /an IPv4 address inside an IPv6 one/],
    ["unreadable", "somewhere", {}, /cannot be read/],
    ["plain HTTP", "1.1.1.1", { isEncrypted: false }, /plain HTTP/],
    ["another protocol's port", "1.1.1.1", { port: 25 }, /its port/],
  ])("is refused when it is %s", (_, address, to, says) => {
    expect(reasonAgainst(PUBLIC, address, to)).toMatch(says);
  });

  test("may be private, or plain HTTP, where the operator has listed it", () => {
    expect(reasonAgainst(PUBLIC, "10.0.0.1", { isEncrypted: false, port: 8000 }, ALLOW)).toBe(null);
    expect(reasonAgainst(PUBLIC, "192.168.7.7", { host: "x", isEncrypted: false }, ALLOW)).toBe(null);
    expect(reasonAgainst(PUBLIC, "10.0.0.1", { host: "x" }, ALLOW)).toMatch(/a private address/);
    expect(reasonAgainst(PUBLIC, "1.1.1.1", { host: "x", isEncrypted: false }, ALLOW)).toMatch(/plain HTTP/);
    expect(reasonAgainst(PUBLIC, "192.168.7.7", { port: 22 }, ALLOW)).toMatch(/its port/);
  });
});

describe("a list of hosts and networks", () => {
  test("lets through its hosts inside its networks, and what is known of neither is refused", () => {
    const rule = listed({ networks: ["1.1.1.0/24"] });
    expect(reasonAgainst(rule, "1.1.1.1")).toBe(null);
    expect(reasonAgainst(rule, "1.1.2.1")).toMatch(/outside the networks/);
    expect(reasonAgainst(rule, "1.1.1.1", { host: "other.example" })).toMatch(/not among those/);
    expect(reasonAgainst(rule, "somewhere")).toMatch(/outside the networks/);
    expect(reasonAgainst(listed({ hosts: [] }), "1.1.1.1")).toMatch(/not among those/);
    expect(reasonAgainst(listed({ networks: [] }), "1.1.1.1")).toMatch(/outside the networks/);
    expect(reasonAgainst(listed({ networks: ["1.1.1.1/8", "all"] }), "1.1.1.1")).toMatch(/outside the networks/);
  });

  test("opens nothing private to a tenant that the operator has not", () => {
    expect(reasonAgainst(listed({}), "10.0.0.1")).toMatch(/a private address/);
    expect(reasonAgainst(listed({}), "10.0.0.1", {}, ALLOW)).toBe(null);
    expect(reasonAgainst(listed({ networks: ["10.1.0.0/16"] }), "10.0.0.1", {}, ALLOW)).toMatch(/outside/);
  });

  test("is all that binds a server of the operator's own", () => {
    const rule = listed({ enteredBy: "operator", networks: ["10.0.0.0/8"] });
    expect(reasonAgainst(rule, "10.0.0.1", { isEncrypted: false, port: 81 })).toBe(null);
    expect(reasonAgainst(rule, "1.1.1.1")).toMatch(/outside/);
  });
});

test("a refusal is a sentence that names the rule, and neither host nor address", () => {
  expect(reasonAgainst(PUBLIC, "10.20.30.40")).toBe(
    "The egress rule for addresses that tenants enter refuses this connection: its host is at a private address, " +
      "which the operator has not allowed (SWITCHYARD_EGRESS_ALLOW).",
  );
  const reason = reasonAgainst(listed({ networks: [] }), "10.20.30.40");
  expect(reason).toMatch(/^The egress rule of self-hosted mode refuses this connection: .+\.$/);
  expect(reason).not.toMatch(/10\.20|gpu\.internal/);
});
