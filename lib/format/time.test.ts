import { expect, test } from "vitest";
import { formatBucket, formatDateTime, formatTimeInColumn } from "./time.ts";

test("times are UTC and say so", () => {
  expect(formatDateTime("2026-11-23T14:05:09.120Z")).toBe("2026-11-23 14:05:09 UTC");
  expect(formatDateTime("2026-11-23T23:30:00+02:00")).toBe("2026-11-23 21:30:00 UTC");
});

test("a column's time carries its day", () => {
  expect(formatTimeInColumn("2026-01-03T04:05:06Z")).toBe("Jan 03 04:05:06");
});

test("a bucket is named by its start", () => {
  expect(formatBucket("2026-11-23T14:00:00Z", "hour")).toBe("Nov 23 14:00 UTC");
  expect(formatBucket("2026-11-23T00:00:00Z", "day")).toBe("Nov 23 UTC");
});
