/** How many cases passed, by client and provider, and which were left out and why. */
export interface Tally {
  /** Declares one case, and answers what to call when it has passed. `isRefusal`: an honest no is what is expected. */
  expect(client: string, provider: string, isRefusal: boolean): () => void;
  leaveOut(client: string, provider: string, what: string, reason: string): void;
  /** A table of passed/total, and below it what is not in it. */
  describe(title: string): string;
}

interface LeftOut {
  client: string;
  provider: string;
  what: string;
  reason: string;
}

interface Cell {
  passed: number;
  total: number;
}

export function createTally(): Tally {
  const rows = new Map<string, Map<string, Cell>>();
  const left: LeftOut[] = [];
  let refusals = 0;
  return {
    expect(client, provider, isRefusal) {
      if (isRefusal) refusals += 1;
      const row = rows.get(client) ?? new Map<string, Cell>();
      rows.set(client, row);
      const cell = row.get(provider) ?? { passed: 0, total: 0 };
      row.set(provider, cell);
      cell.total += 1;
      return () => {
        cell.passed += 1;
      };
    },
    leaveOut(client, provider, what, reason) {
      left.push({ client, provider, what, reason });
    },
    describe: (title) =>
      [
        title,
        "",
        ...drawTable(rows),
        "",
        `${refusals} of these are calls that have to be refused before any provider is asked, with the field named.`,
        "Left out, with the reason:",
        ...listLeftOut(left),
      ].join("\n"),
  };
}

function drawTable(rows: ReadonlyMap<string, ReadonlyMap<string, Cell>>): string[] {
  const providers = [...new Set([...rows.values()].flatMap((row) => [...row.keys()]))];
  const lines = [...rows].map(([client, row]) => {
    const cells = providers.map((provider) => row.get(provider));
    return [client, ...cells.map(write), write(sum(cells))];
  });
  const totals = providers.map((provider) => sum([...rows.values()].map((row) => row.get(provider))));
  const all = sum(totals);
  const table = [["", ...providers, "all"], ...lines, ["all", ...totals.map(write), write(all)]];
  const widths = (table[0] as string[]).map((_, at) => Math.max(...table.map((line) => line[at]?.length ?? 0)));
  return table.map((line) =>
    line
      .map((cell, at) => cell.padEnd(widths[at] as number))
      .join("  ")
      .trimEnd(),
  );
}

function write(cell: Cell | undefined): string {
  return cell === undefined || cell.total === 0 ? "–" : `${cell.passed}/${cell.total}`;
}

function sum(cells: readonly (Cell | undefined)[]): Cell {
  return {
    passed: cells.reduce((all, cell) => all + (cell?.passed ?? 0), 0),
    total: cells.reduce((all, cell) => all + (cell?.total ?? 0), 0),
  };
}

function listLeftOut(left: readonly LeftOut[]): string[] {
  const reasons = [...new Set(left.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const those = left.filter((one) => one.reason === reason);
    const names = (field: "what" | "client" | "provider") => shorten([...new Set(those.map((one) => one[field]))]);
    return `- ${reason}: ${names("what")} (${names("client")} → ${names("provider")}; ${those.length} in all)`;
  });
}

const SHOWN = 3;

function shorten(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).join(", ");
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown;
}
