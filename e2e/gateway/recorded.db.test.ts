import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GatewayUnderTest, openGateway } from "#e2e/support/gateway.ts";
import { type Recording, readRecordings } from "#e2e/support/recordings.ts";
import type { Cut } from "#e2e/support/replay.ts";
import { EXCEPTIONS } from "./recorded/exceptions.ts";
import { findLane, type Lane, reasonOutside } from "./recorded/lanes.ts";
import { compareRecord, type Played, play } from "./recorded/play.ts";
import { createTable } from "./recorded/table.ts";

const folder = process.env.RECORDED_DIR;
if (folder === undefined) console.log("Skipped: the recorded exchanges, because RECORDED_DIR is unset.");

const recordings = folder === undefined ? [] : readRecordings(folder);
const inside = recordings.flatMap((recording) => {
  const lane = findLane(recording);
  return lane === null ? [] : [{ lane, recording }];
});
const PROVIDERS = [...new Set(inside.map(({ lane }) => lane.provider))].sort();
const CUTS: readonly Cut[] = ["whole", "byte"];

describe.skipIf(folder === undefined)("recorded exchanges through the gateway", () => {
  let gateway: GatewayUnderTest;
  const table = createTable();

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
      const problems: string[] = [];
      for (const cut of CUTS) {
        const found = await run(own, cut);
        for (const { recording } of own) table.count(recording, cut, !found.has(recording.name));
        for (const [name, list] of found) {
          if (!(name in EXCEPTIONS)) problems.push(...list.map((problem) => `${name} (${cut}): ${problem}`));
        }
        const mended = own.filter(({ recording: { name } }) => name in EXCEPTIONS && !found.has(name));
        problems.push(...mended.map(({ recording }) => `${recording.name} (${cut}) is no exception any more`));
      }
      expect(problems).toEqual([]);
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

  /** What went wrong, by name. All calls first, then their records: the ledger is written in their order. */
  async function run(own: readonly { lane: Lane; recording: Recording }[], cut: Cut): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    const all: Played[] = [];
    for (const { lane, recording } of own) all.push(await play(gateway, lane, recording, cut));
    for (const played of all.toReversed()) {
      const problems = played.problems.length > 0 ? played.problems : await compareRecord(gateway, played);
      if (problems.length > 0) found.set(played.recording.name, problems);
    }
    return found;
  }
});
