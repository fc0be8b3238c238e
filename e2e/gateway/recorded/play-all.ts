import type { GatewayUnderTest } from "#e2e/support/gateway.ts";
import type { Recording } from "#e2e/support/recordings.ts";
import type { Cut } from "#e2e/support/replay.ts";
import type { Lane } from "./lanes.ts";
import { compareRecord, type Played, play } from "./play.ts";
import type { Table } from "./table.ts";

const CUTS: readonly Cut[] = ["whole", "byte"];

export interface Inside {
  lane: Lane;
  recording: Recording;
}

/** Plays one provider's exchanges one after the other, whole and cut, and counts them. What is wrong, as sentences. */
export async function playAll(
  gateway: GatewayUnderTest,
  own: readonly Inside[],
  exceptions: Readonly<Record<string, string>>,
  table: Table,
): Promise<string[]> {
  const problems: string[] = [];
  for (const cut of CUTS) {
    const found = await run(gateway, own, cut);
    for (const { recording } of own) table.count(recording, cut, !found.has(recording.name));
    for (const [name, list] of found) {
      if (!(name in exceptions)) problems.push(...list.map((problem) => `${name} (${cut}): ${problem}`));
    }
    const mended = own.filter(({ recording: { name } }) => name in exceptions && !found.has(name));
    problems.push(...mended.map(({ recording }) => `${recording.name} (${cut}) is no exception any more`));
  }
  return problems;
}

/** What went wrong, by name. All calls first, then their records: the ledger is written in their order. */
async function run(
  gateway: GatewayUnderTest,
  own: readonly Inside[],
  cut: Cut,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  const all: Played[] = [];
  for (const { lane, recording } of own) all.push(await play(gateway, lane, recording, cut));
  for (const played of all.toReversed()) {
    const problems = played.problems.length > 0 ? played.problems : await compareRecord(gateway, played);
    if (problems.length > 0) found.set(played.recording.name, problems);
  }
  return found;
}
