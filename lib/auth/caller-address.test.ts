import { expect, test } from "vitest";
import { callerAddress } from "./caller-address.ts";

test.each([
  ["192.0.2.1", "192.0.2.1"],
  [" 192.0.2.1 , 10.0.0.1", "192.0.2.1"],
  ["2001:db8::1", "2001:db8::1"],
  ["", null],
  [" ,10.0.0.1", null],
  [null, null],
  [undefined, null],
])("%j is %j", (header, address) => {
  expect(callerAddress(header)).toBe(address);
});
