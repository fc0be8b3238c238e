import { describe, expect, test } from "vitest";
import { parseAddress } from "./address.ts";
import { isListed, parseAllowList } from "./allow-list.ts";

function isAllowed(list: string, host: string, address: string): boolean {
  const { allow } = parseAllowList(list);
  const parsed = parseAddress(address);
  if (allow === null || parsed === null) throw new Error("The test's own values are wrong.");
  return isListed(allow, host, parsed);
}

test("networks, addresses and hosts are told apart, whatever their case", () => {
  expect(parseAllowList(" 10.0.0.0/8 ,GPU.Internal,*.svc.cluster.local,fd00::5, 192.168.1.7,localhost").allow).toEqual({
    hosts: ["gpu.internal", "*.svc.cluster.local", "localhost"],
    networks: ["10.0.0.0/8", "fd00::5", "192.168.1.7"],
  });
});

describe("a wrong entry is refused with its place and what is wrong with it", () => {
  test.each([
    ["10.0.0.0/8,", /entry 2 is empty/],
    ["http://gpu.internal", /entry 1 is a URL/],
    ["a.example,10.0.0.1/8", /entry 2 is no network/],
    ["10.0.0.0/40", /entry 1 is no network/],
    ["127.1", /entry 1 is no network/],
    ["fe80::1%eth0", /entry 1 is no network/],
    ["10.0.0.300", /entry 1 is neither/],
    ["gpu.internal:8000", /entry 1 is neither/],
    ["gpu.internal.", /entry 1 is neither/],
    ["*", /entry 1 is neither/],
    ["*.*.example", /entry 1 is neither/],
    ["gpu server", /entry 1 is neither/],
    ["bücher.example", /entry 1 is neither/],
  ])("%s", (text, says) => {
    const { problems } = parseAllowList(text);
    expect(problems).toEqual([expect.stringMatching(says)]);
  });
});

describe("what is listed", () => {
  test.each([
    ["a network's addresses", "10.0.0.0/8", "x", "10.255.0.1"],
    ["an address", "127.0.0.1", "x", "127.0.0.1"],
    ["an IPv6 network's addresses", "fd00::/8", "x", "fd12::1"],
    ["a host in a private network", "gpu.internal", "gpu.internal", "10.0.0.1"],
    ["a host on this machine", "localhost", "localhost", "::1"],
    ["hosts below a name", "*.svc.local", "a.b.svc.local", "10.0.0.1"],
    ["a metadata address by itself", "169.254.169.254", "x", "169.254.169.254"],
    ["a public address in a translator's network", "64:ff9b::/96", "x", "64:ff9b::808:808"],
    ["a private one, if it is listed itself", "64:ff9b::/96,10.0.0.0/8", "x", "64:ff9b::a00:1"],
  ])("%s", (_, list, host, address) => {
    expect(isAllowed(list, host, address)).toBe(true);
  });
});

describe("what is not", () => {
  test.each([
    ["the address after a network's last", "10.0.0.0/8", "x", "11.0.0.0"],
    ["another version's addresses", "0.0.0.0/0", "x", "fd00::1"],
    ["a metadata address in a network", "169.254.0.0/16", "x", "169.254.169.254"],
    ["a carrier's metadata address in a network", "100.64.0.0/10", "x", "100.100.100.200"],
    ["a metadata address behind everything", "0.0.0.0/0,::/0", "x", "fd00:ec2::254"],
    ["a metadata address behind a host", "gpu.internal", "gpu.internal", "169.254.169.254"],
    ["a link-local address behind a host", "gpu.internal", "gpu.internal", "169.254.1.1"],
    ["a tunnel behind a host", "gpu.internal", "gpu.internal", "::ffff:10.0.0.1"],
    ["another host", "gpu.internal", "gpu.internal.evil.example", "10.0.0.1"],
    ["the name above the hosts", "*.svc.local", "svc.local", "10.0.0.1"],
    ["a name that ends alike", "*.svc.local", "evilsvc.local", "10.0.0.1"],
    ["an IPv4 address inside an IPv6 one", "10.0.0.0/8", "x", "::ffff:10.0.0.1"],
    ["loopback in a translator's network", "64:ff9b::/96", "x", "64:ff9b::7f00:1"],
    ["metadata in a translator's network", "64:ff9b::/96,169.254.0.0/16", "x", "64:ff9b::a9fe:a9fe"],
  ])("%s", (_, list, host, address) => {
    expect(isAllowed(list, host, address)).toBe(false);
  });
});
