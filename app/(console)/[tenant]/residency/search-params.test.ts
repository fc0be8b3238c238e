import { expect, test } from "vitest";
import { lastDays } from "./search-params.ts";

const at = (time: string) => Date.parse(`2026-11-24T${time}Z`);

test("a period ends with the hour that has begun, and is the same until that ends", () => {
  const period = { from: "2026-11-17T11:00:00.000Z", to: "2026-11-24T11:00:00.000Z" };
  expect(lastDays(7, at("10:00:00"))).toEqual(period);
  expect(lastDays(7, at("10:59:59"))).toEqual(period);
  expect(lastDays(7, at("11:00:00")).to).toBe("2026-11-24T12:00:00.000Z");
});
