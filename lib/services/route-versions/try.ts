import { withTenant } from "#lib/db/client.ts";
import type { RoutingSnapshot } from "#lib/gateway/contract/snapshot.ts";
import type { WireId } from "#lib/gateway/contract/wire.ts";
import type { Circuit, TargetHealth } from "#lib/gateway/ports.ts";
import { planRoute } from "#lib/gateway/routing/plan.ts";
import type { Work } from "#lib/gateway/routing/work.ts";
import { authorize } from "../authorize.ts";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { describePlan } from "./describe-plan.ts";
import { findDraft } from "./find-draft.ts";
import { makesEmbeddings } from "./plan-function.ts";
import { type RoutePlanDto, type TryRouteInput, tryRouteInput } from "./plans/schemas.ts";
import { toRouting } from "./to-routing.ts";

/** Where a request would go now and why, by the draft or by what is in force. Nothing is called. */
export async function tryRoute(context: ServiceContext, input: TryRouteInput): Promise<RoutePlanDto> {
  authorize(context, "route:read");
  const asked = parseInput(tryRouteInput, input);
  const { source } = asked;
  const snapshot = await snapshotOf(context, source);
  const work = workOf(context, asked.function, asked.model);
  const wire = asked.wire ?? defaultWire(work);
  assertSuits(work, wire);
  const features = wire === "openai-embeddings" ? ["embeddings" as const, ...asked.needs] : asked.needs;
  const needs = [...new Set(features)].map((feature) => ({ feature, param: feature }));
  const health = healthBy(context.circuits());
  const plan = planRoute(snapshot, work, { wire, needs, hints: [], health });
  const isReasoning = asked.needs.includes("reasoning");
  return { source, wire, ...describePlan(context.catalog, plan, { isReasoning }) };
}

async function snapshotOf(context: ServiceContext, source: "draft" | "published"): Promise<RoutingSnapshot> {
  const { database, tenantId } = context;
  const published = await context.routing();
  if (source === "published") return published;
  const draft = await withTenant(database, tenantId, (tx) => findDraft(tx, tenantId));
  return { ...published, ...toRouting(draft.config) };
}

function workOf({ catalog }: ServiceContext, slug: string | undefined, model: string | undefined): Work {
  if (slug === undefined) {
    const [provider = "", ...rest] = (model ?? "").split("/");
    return { kind: "model", provider, model: rest.join("/") };
  }
  const fn = catalog.functions.get(slug);
  if (fn !== undefined) return { kind: "function", fn };
  const message = `There is no function ${slug}.`;
  throw new ServiceError("invalid_request", message, { fields: { function: message } });
}

function defaultWire(work: Work): WireId {
  return work.kind === "function" && makesEmbeddings(work.fn) ? "openai-embeddings" : "openai-chat";
}

/** As the gateway refuses it before it plans anything. */
function assertSuits(work: Work, wire: WireId): void {
  if (work.kind === "model" || makesEmbeddings(work.fn) === (wire === "openai-embeddings")) return;
  const message = `${work.fn.name} ${makesEmbeddings(work.fn) ? "makes" : "makes no"} embeddings.`;
  throw new ServiceError("invalid_request", message, { fields: { wire: message } });
}

function healthBy(circuits: readonly Circuit[]): (connectionId: string, model: string) => TargetHealth {
  return (connectionId, model) =>
    circuits.find((circuit) => circuit.connectionId === connectionId && circuit.model === model) ?? {
      state: "ready",
      waitMs: 0,
    };
}
