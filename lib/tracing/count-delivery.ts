import { setImmediate as turn } from "node:timers/promises";
import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import type { SpanExporter } from "@opentelemetry/sdk-trace";

/** Told of every batch once it is known what became of it; null: the collector has it. */
export type Heard = (spanCount: number, problem: Error | null) => void;

/** An exporter that says what became of each batch, and that never throws. */
export function countDelivery(exporter: SpanExporter, heard: Heard): SpanExporter {
  return {
    export(spans, done) {
      const finish = (result: ExportResult) => {
        const isDelivered = result.code === ExportResultCode.SUCCESS;
        heard(spans.length, isDelivered ? null : (result.error ?? new Error("no reason was given")));
        done(result);
      };
      // A batch is encoded in one go: not while the call that filled it waits for its answer.
      setImmediate(() => {
        try {
          exporter.export(spans, finish);
        } catch (error) {
          finish({ code: ExportResultCode.FAILED, error: error as Error });
        }
      });
    },
    async shutdown() {
      // Behind every batch that is still to be begun.
      await turn();
      await exporter.shutdown();
    },
  };
}
