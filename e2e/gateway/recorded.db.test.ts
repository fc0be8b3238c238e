import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GatewayUnderTest, openGateway } from "#e2e/support/gateway.ts";
import { readRecordings } from "#e2e/support/recordings.ts";
import { EXCEPTIONS } from "./recorded/exceptions.ts";
import { findLane, reasonOutside } from "./recorded/lanes.ts";
import { playAll } from "./recorded/play-all.ts";
import { createTable } from "./recorded/table.ts";

const folder = process.env.RECORDED_DIR;
if (folder === undefined) console.log("Skipped: the recorded exchanges, because RECORDED_DIR is unset.");

const recordings = folder === undefined ? [] : readRecordings(folder);
const inside = recordings.flatMap((recording) => {
  const lane = findLane(recording);
  return lane === null ? [] : [{ lane, recording }];
});
const PROVIDERS = [...new Set(inside.map(({ lane }) => lane.provider))].sort();

describe.skipIf(folder === undefined)("recorded exchanges through the gateway", () => {
  let gateway: GatewayUnderTest;
  const table = createTable(EXCEPTIONS);

  beforeAll(async () => {
    gateway = await openGateway("node");
  });
  afterAll(async () => {
    console.log(table.print());
    await gateway?.close();
  });

  // Providers side by side; each plays one exchange after the other, because it has one script at a time.
  test.concurrent.each(PROVIDERS)(
    "every exchange with %s is answered and recorded as its provider did",
    async (provider) => {
      const own = inside.filter(({ lane }) => lane.provider === provider);
      expect(await playAll(gateway, own, EXCEPTIONS, table)).toEqual([]);
    },
    600_000,
  );

  test("what is played nowhere is no call of the data plane, and is named", () => {
    const outside = recordings.filter((recording) => reasonOutside(recording) !== null);
    for (const recording of outside) table.leaveOut(recording, reasonOutside(recording) ?? "");
    expect(outside.length + inside.length).toBe(recordings.length);
  });

  test("at most one exchange in a hundred is an exception", () => {
    const names = new Set(inside.map(({ recording }) => recording.name));
    expect(Object.keys(EXCEPTIONS).filter((name) => !names.has(name))).toEqual([]);
    expect(Object.keys(EXCEPTIONS).length).toBeLessThanOrEqual(inside.length / 100);
  });
});
