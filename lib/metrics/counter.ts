import { Counter, type Registry } from "prom-client";

interface CounterOptions<Label extends string> {
  name: string;
  help: string;
  labelNames: readonly Label[];
}

export interface FastCounter {
  /** The values in the order of the label names. */
  add(values: readonly string[], amount: number): void;
}

/** A counter that hands its sums to the library's only when they are printed: see `createHistogram`. */
export function createCounter<Label extends string>(registry: Registry, options: CounterOptions<Label>): FastCounter {
  const { name, help, labelNames } = options;
  let sums = new Map<string, { values: readonly string[]; amount: number }>();
  new Counter({
    name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    collect() {
      for (const { values, amount } of sums.values()) {
        const labels = Object.fromEntries(labelNames.map((label, at) => [label, values[at]]));
        this.inc(labels as Record<Label, string>, amount);
      }
      sums = new Map();
    },
  });
  return {
    add(values, amount) {
      const key = values.join("\n");
      const known = sums.get(key);
      if (known === undefined) sums.set(key, { values, amount });
      else known.amount += amount;
    },
  };
}
