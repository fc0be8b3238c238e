import { expect, test } from "vitest";
import { makeGatewayCall } from "#e2e/isolation/support/gateway-call.ts";
import { readDelivery, readPatienceMs } from "./call-options.ts";

const delivery = (given: string) => readDelivery(makeGatewayCall({}, { "x-switchyard-delivery": given }));
const patience = (given: string) => readPatienceMs(makeGatewayCall({}, { "x-stainless-timeout": given }));

test("the way of delivery may be said with the call", () => {
  expect([delivery("live"), delivery("whole"), readDelivery(makeGatewayCall())]).toEqual(["live", "whole", null]);
});

test.each(["", "Whole", "stream", "toString"])("a way that is none (%j) is refused by its header's name", (given) => {
  expect(() => delivery(given)).toThrow(
    expect.objectContaining({ code: "invalid_request", param: "x-switchyard-delivery" }),
  );
});

test.each([
  ["600", 600_000],
  ["0.5", 500],
  ["0", null],
  ["-1", null],
  ["", null],
  ["soon", null],
  ["NaN", null],
  ["Infinity", null],
  ["1e999", null],
])("a client that gives up after %j seconds leaves us %j ms", (given, expected) => {
  expect(patience(given)).toBe(expected);
});

test("a client that does not say when it gives up is none", () => {
  expect(readPatienceMs(makeGatewayCall())).toBeNull();
});
