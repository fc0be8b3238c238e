import { describe, expect, test } from "vitest";
import { parseAddress, parseNetwork } from "./address.ts";
import { type AddressClass, classifyAddress, ipv4Inside, METADATA_ADDRESSES } from "./classify-address.ts";

const CLASSES = {
  public: [
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.20.0.0",
    "223.255.255.255",
    "2606:4700::1111",
    "2001:4860:4860::8888",
    "2a00:1450:4001::1",
    "3000::1",
  ],
  loopback: [
    "127.0.0.1",
    "127.255.255.255",
    "0.0.0.0",
    "::1",
    "::",
    "0:0:0:0:0:0:0:1",
    "127.1",
    "0x7f.1",
    "2130706433",
  ],
  private: [
    "10.0.0.0",
    "10.255.255.255",
    "172.16.0.0",
    "172.31.255.255",
    "192.168.0.0",
    "192.168.255.255",
    "100.64.0.0",
    "100.127.255.255",
    "fc00::",
    "fdff:ffff::1",
    "fec0::1",
    "012.0.0.1",
  ],
  "link-local": ["169.254.0.0", "169.254.255.255", "fe80::1", "fe80::1%eth0", "febf::1"],
  metadata: [...Object.keys(METADATA_ADDRESSES), "0xa9fea9fe", "FD00:0EC2:0::0254", "fe80::a9fe:a9fe%2"],
  multicast: ["224.0.0.0", "239.255.255.255", "ff02::1"],
  "ipv4-in-ipv6": [
    "::2",
    "::8.8.8.8",
    "::ffff:8.8.8.8",
    "::ffff:7f00:1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::1",
    "2002:808:808::1",
    "2001::1",
    "2a00::5efe:8.8.8.8",
    "2a00::200:5efe:7f00:1",
  ],
  reserved: [
    "0.0.0.1",
    "0.255.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.0",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "240.0.0.0",
    "255.255.255.255",
    "100::1",
    "2001:1::1",
    "2001:20::1",
    "2001:db8::1",
    "3fff::1",
    "4000::1",
    "1fff::1",
    "5f00::1",
    "",
    "localhost",
    "1.2.3.4.5",
    "1.2.3.256",
    "1.2.3.4%eth0",
    "[::1]",
    "::1::",
    "g::1",
  ],
} as const satisfies Record<AddressClass, readonly string[]>;

describe.each(Object.entries(CLASSES))("%s", (expected, addresses) => {
  test.each(addresses)("%s", (address) => {
    expect(classifyAddress(address)).toBe(expected);
  });
});

test.each([
  ["::ffff:10.1.2.3", "10.1.2.3"],
  ["::10.1.2.3", "10.1.2.3"],
  ["::ffff:0:10.1.2.3", "10.1.2.3"],
  ["64:ff9b::10.1.2.3", "10.1.2.3"],
  ["2002:a01:203:4::5", "10.1.2.3"],
  ["2001:0:4136:e378:8000:63bf:f5fe:fdfc", "10.1.2.3"],
  ["2a00:1::5efe:10.1.2.3", "10.1.2.3"],
])("the IPv4 address inside %s is %s", (outer, inner) => {
  const address = parseAddress(outer);
  expect(address && ipv4Inside(address)).toEqual(parseAddress(inner));
});

test.each(["64:ff9b:1::a01:203", "2606:4700::1111", "10.1.2.3"])("no IPv4 address is known to be inside %s", (text) => {
  const address = parseAddress(text);
  expect(address && ipv4Inside(address)).toBe(null);
});

test.each([
  "10.0.0.1/8",
  "10.0.0.0/33",
  "10.0.0.0/",
  "10.0.0.0/08",
  "10.0.0.0/8/8",
  "10/8",
  "fd00::1/64",
  "::/129",
  "x",
])("%s is no network", (text) => {
  expect(parseNetwork(text)).toBe(null);
});
