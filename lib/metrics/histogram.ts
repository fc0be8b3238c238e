import type { Registry } from "prom-client";

interface HistogramOptions {
  name: string;
  help: string;
  /** Null: one series for all. */
  labelName: string | null;
  /** Upper bounds, ascending. */
  buckets: readonly number[];
}

export interface FastHistogram {
  observe(label: string, value: number): void;
}

interface Series {
  counts: number[];
  sum: number;
}

/**
 * A histogram whose observations cost next to nothing: the library's own looks its labels up anew for each, on the
 * thread that answers every call. Printed by the library's registry like any other.
 */
export function createHistogram(
  registry: Registry,
  { name, help, labelName, buckets }: HistogramOptions,
): FastHistogram {
  const seriesByLabel = new Map<string, Series>();
  const metric = {
    name,
    help,
    type: "histogram",
    aggregator: "sum",
    reset: () => seriesByLabel.clear(),
    get: async () => ({ name, help, type: "histogram", aggregator: "sum", values: [...seriesByLabel].flatMap(print) }),
  };
  const print = ([label, { counts, sum }]: [string, Series]) => {
    const labels = labelName === null ? {} : { [labelName]: label };
    let total = 0;
    const lines = [...buckets, "+Inf"].map((le, at) => {
      total += counts[at] as number;
      return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: total };
    });
    return [
      ...lines,
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: total },
    ];
  };
  registry.registerMetric(metric as unknown as Parameters<Registry["registerMetric"]>[0]);
  return {
    observe(label, value) {
      let series = seriesByLabel.get(label);
      if (series === undefined) {
        series = { counts: new Array<number>(buckets.length + 1).fill(0), sum: 0 };
        seriesByLabel.set(label, series);
      }
      let at = 0;
      while (at < buckets.length && value > (buckets[at] as number)) at += 1;
      series.counts[at] = (series.counts[at] as number) + 1;
      series.sum += value;
    },
  };
}
