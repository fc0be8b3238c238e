import type { Recording } from "#e2e/support/recordings.ts";
import type { Cut } from "#e2e/support/replay.ts";

interface Row {
  total: number;
  passed: Record<Cut, number>;
}

export type Table = ReturnType<typeof createTable>;

/** Counts what passed by provider and API, and what was left out by reason. */
export function createTable(exceptions: Readonly<Record<string, string>>) {
  const rows = new Map<string, Row>();
  const outside = new Map<string, Map<string, number>>();

  return {
    count({ provider, api }: Recording, cut: Cut, hasPassed: boolean): void {
      const key = `${provider.padEnd(18)}${api.padEnd(20)}`;
      const row = rows.get(key) ?? { total: 0, passed: { whole: 0, byte: 0 } };
      rows.set(key, row);
      if (cut === "whole") row.total += 1;
      if (hasPassed) row.passed[cut] += 1;
    },
    leaveOut({ provider, api }: Recording, reason: string): void {
      const kinds = outside.get(reason) ?? new Map<string, number>();
      outside.set(reason, kinds);
      const kind = `${provider} ${api}`;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    },
    print(): string {
      const sum = (pick: (row: Row) => number) => [...rows.values()].reduce((all, row) => all + pick(row), 0);
      const all: Row = {
        total: sum(({ total }) => total),
        passed: { whole: sum(({ passed }) => passed.whole), byte: sum(({ passed }) => passed.byte) },
      };
      return [
        `${"provider".padEnd(18)}${"api".padEnd(20)}whole      byte-cut`,
        ...[...rows].sort(([one], [other]) => one.localeCompare(other)).map(([key, row]) => key + figures(row)),
        `${"all".padEnd(38)}${figures(all)}`,
        ...Object.entries(exceptions).map(([name, reason]) => `exception: ${name}: ${reason}`),
        ...[...outside].map(([reason, kinds]) => `played nowhere, ${reason}: ${listKinds(kinds)}`),
      ].join("\n");
    },
  };
}

function figures({ total, passed }: Row): string {
  return `${`${passed.whole}/${total}`.padEnd(11)}${passed.byte}/${total}`;
}

function listKinds(kinds: ReadonlyMap<string, number>): string {
  const total = [...kinds.values()].reduce((all, count) => all + count, 0);
  return `${total} (${[...kinds].map(([kind, count]) => `${kind} ${count}`).join(", ")})`;
}
