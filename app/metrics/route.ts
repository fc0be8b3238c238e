import { getComposition } from "#lib/composition/get-composition.ts";
import { mayReadMetrics } from "#lib/metrics/may-read.ts";
import { METRICS_REFUSAL } from "#lib/mounts/metrics.ts";

export const dynamic = "force-dynamic";

/** The metrics where only Next runs, which does not say where a request comes from: by the token alone. */
export async function GET(request: Request): Promise<Response> {
  const { metrics, environment } = await getComposition();
  const asking = { remoteAddress: null, header: (name: string) => request.headers.get(name) ?? undefined };
  if (!mayReadMetrics(asking, environment.metricsToken)) return new Response(METRICS_REFUSAL, { status: 403 });
  return new Response(await metrics.render(), { headers: { "content-type": metrics.contentType } });
}
