import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GatewayUnderTest, openGateway } from "#e2e/support/gateway.ts";
import type { Recording } from "#e2e/support/recordings.ts";
import { findLane, reasonOutside } from "./lanes.ts";
import { playAll } from "./play-all.ts";
import { createTable } from "./table.ts";

/** Tests that every recording is answered and put on record as its provider did; skipped where there are none. */
export function describeRecordings(
  name: string,
  recordings: readonly Recording[],
  exceptions: Readonly<Record<string, string>>,
): void {
  const inside = recordings.flatMap((recording) => {
    const lane = findLane(recording);
    return lane === null ? [] : [{ lane, recording }];
  });
  const providers = [...new Set(inside.map(({ lane }) => lane.provider))].sort();

  describe.skipIf(recordings.length === 0)(name, () => {
    let gateway: GatewayUnderTest;
    const table = createTable(exceptions);

    beforeAll(async () => {
      gateway = await openGateway("node");
    });
    afterAll(async () => {
      console.log(table.print());
      await gateway?.close();
    });

    // Providers side by side; each plays one exchange after the other, because it has one script at a time.
    test.concurrent.each(providers)(
      "every exchange with %s is answered and recorded as its provider did",
      async (provider) => {
        const own = inside.filter(({ lane }) => lane.provider === provider);
        expect(await playAll(gateway, own, exceptions, table)).toEqual([]);
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
      expect(Object.keys(exceptions).filter((exception) => !names.has(exception))).toEqual([]);
      expect(Object.keys(exceptions).length).toBeLessThanOrEqual(inside.length / 100);
    });
  });
}
