import type { Environment } from "#lib/env/read-env.ts";
import type { Tracing, TracingPorts } from "#lib/tracing/start-tracing.ts";

const NO_TRACING: Tracing = { observe: () => {}, close: async () => {} };

/** Loaded only where calls are traced: the library would cost every start its time. */
export async function openTracing({ tracing }: Environment, ports: TracingPorts): Promise<Tracing> {
  if (tracing === null) return NO_TRACING;
  const { startTracing } = await import("#lib/tracing/start-tracing.ts");
  return startTracing(tracing, ports);
}
