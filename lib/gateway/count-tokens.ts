import { authenticate } from "./authenticate.ts";
import type { GatewayCall, GatewayReply } from "./contract/call.ts";
import { collectText } from "./execution/estimate-usage.ts";
import { openLease } from "./execution/lease.ts";
import { passHeaders } from "./pass-headers.ts";
import type { GatewayPorts, ProviderAnswer, ProviderRequest } from "./ports.ts";
import { type PlannedTarget, planRoute } from "./routing/plan.ts";
import { resolveWork } from "./routing/resolve-work.ts";
import type { CallTrace } from "./trace.ts";
import type { ParsedRequest, Wire } from "./wires/wire.ts";

/**
 * `POST /v1/messages/count_tokens`: what the provider would count, from the provider where one that counts is the
 * call's first target; else about as many, marked by `x-switchyard-estimated`. Nothing is invoked, so nothing is charged
 * or put on record.
 */
export async function countTokens(
  ports: GatewayPorts,
  wire: Wire,
  call: GatewayCall,
  trace: CallTrace,
): Promise<GatewayReply> {
  const principal = await authenticate(ports, call);
  const snapshot = await ports.snapshots.get(principal.tenantId);
  const request = wire.parse(await call.readBody());
  // Planned as the message it asks about: the count is that of the model that would answer it.
  const messages = "anthropic-messages" as const;
  const asked = { wire: messages, functionHeader: call.header("x-switchyard-function"), model: request.model };
  const work = resolveWork(snapshot, principal, asked);
  const { needs, hints } = request;
  const health = (connectionId: string, model: string) => ports.health.find(connectionId, model);
  const [target] = planRoute(snapshot, work, { wire: messages, needs, hints, health }).targets;
  const headers = { ...trace.headers, "content-type": "application/json" };
  const counted = target?.connection.wires.includes(wire.id)
    ? await ask(ports, wire, call, request, { ...target, tenantId: snapshot.tenantId })
    : null;
  if (counted?.kind === "answer") return { status: 200, headers, body: counted.body };
  const body = { input_tokens: ports.countTokens(collectText(request.body)) };
  return {
    status: 200,
    headers: { ...headers, "x-switchyard-estimated": "true" },
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
}

const PATIENCE_MS = 10_000;

/** A count that cannot be had is estimated: it is worth no retries, and no error. */
async function ask(
  { providers, clock }: GatewayPorts,
  wire: Wire,
  call: GatewayCall,
  parsed: ParsedRequest,
  { tenantId, connection, model }: PlannedTarget & { tenantId: string },
): Promise<ProviderAnswer | null> {
  const givesUpAtMs = clock.monotonicMs() + PATIENCE_MS;
  const remainingMs = () => givesUpAtMs - clock.monotonicMs();
  const lease = openLease({ clock, callerSignal: call.signal, remainingMs });
  lease.allowSilence(PATIENCE_MS);
  const request: ProviderRequest = {
    tenantId,
    connection,
    model,
    functionSlug: null,
    wire: wire.id,
    via: "native",
    body: parsed.body,
    source: parsed.source,
    edits: {},
    passHeaders: passHeaders(call, wire.id),
    isStream: false,
    signal: lease.signal,
  };
  try {
    return await lease.wait(providers.get(connection).call(request));
  } finally {
    lease.release();
  }
}
