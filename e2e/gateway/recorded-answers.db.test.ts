import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GatewayUnderTest, openGateway } from "#e2e/support/gateway.ts";
import { LONE_EXCEPTIONS } from "./recorded/exceptions.ts";
import { findLane, reasonOutside } from "./recorded/lanes.ts";
import { readLoneAnswers } from "./recorded/lone-answers.ts";
import { playAll } from "./recorded/play-all.ts";
import { createTable } from "./recorded/table.ts";

const folder = path.join(process.env.RECORDED_DIR ?? "", "exchanges-responseonly");
const isThere = process.env.RECORDED_DIR !== undefined && existsSync(folder);
if (!isThere) console.log("Skipped: the answers recorded alone, because RECORDED_DIR has no exchanges-responseonly.");

const recordings = isThere ? readLoneAnswers(folder) : [];
const inside = recordings.flatMap((recording) => {
  const lane = findLane(recording);
  return lane === null ? [] : [{ lane, recording }];
});
const PROVIDERS = [...new Set(inside.map(({ lane }) => lane.provider))].sort();

describe.skipIf(!isThere)("answers that were recorded without their requests", () => {
  let gateway: GatewayUnderTest;
  const table = createTable(LONE_EXCEPTIONS);

  beforeAll(async () => {
    gateway = await openGateway("node");
  });
  afterAll(async () => {
    console.log(table.print());
    await gateway?.close();
  });

  // Providers side by side; each plays one exchange after the other, because it has one script at a time.
  test.concurrent.each(PROVIDERS)(
    "every answer of %s reaches the caller and the ledger as it was",
    async (provider) => {
      const own = inside.filter(({ lane }) => lane.provider === provider);
      expect(await playAll(gateway, own, LONE_EXCEPTIONS, table)).toEqual([]);
    },
    600_000,
  );

  test("what is played nowhere is no answer of the data plane, and is named", () => {
    const outside = recordings.filter((recording) => reasonOutside(recording) !== null);
    for (const recording of outside) table.leaveOut(recording, reasonOutside(recording) ?? "");
    expect(outside.length + inside.length).toBe(recordings.length);
  });
});
