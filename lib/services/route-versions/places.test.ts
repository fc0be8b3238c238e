import { expect, test } from "vitest";
import { isReachable, toPlaces } from "./places.ts";

test("a place is kept once, whichever way it is written", () => {
  expect(toPlaces([" EU-Central-1", "eu-central-1", "GPU.example."])).toEqual(["eu-central-1", "gpu.example"]);
  expect(toPlaces(["[::1]", "0:0:0:0:0:0:0:1", "::0001"])).toEqual(["::1"]);
});

test.each(["gpu.example", "gpu", "10.0.0.7", "::1", "xn--mnchen-3ya.example"])("%s can be connected to", (host) => {
  expect(isReachable(host)).toBe(true);
});

test.each(["gpu.example:443", "127.1", "0x7f.1", "a..b", "gpu.example]", "::1]:80", "fe80::1%eth0x/", ""])(
  "nothing is ever at %j",
  (host) => {
    expect(isReachable(host)).toBe(false);
  },
);
