import { authenticate } from "./authenticate.ts";
import type { GatewayCall, GatewayReply } from "./contract/call.ts";
import type { Connection, Principal, RoutingSnapshot } from "./contract/snapshot.ts";
import type { GatewayPorts } from "./ports.ts";
import { isOfMode } from "./routing/candidates.ts";
import { modelResidencyReason } from "./routing/residency.ts";
import type { CallTrace } from "./trace.ts";
import type { Wire } from "./wires/wire.ts";

/** Something that a call may name in `model`. */
interface Callable {
  id: string;
  name: string;
  owner: string;
}

/** `GET /v1/models`: the functions and models that this key may call, in the shape of whose client asks. */
export async function listModels(
  ports: GatewayPorts,
  wire: Wire,
  call: GatewayCall,
  trace: CallTrace,
): Promise<GatewayReply> {
  const principal = await authenticate(ports, call);
  const snapshot = await ports.snapshots.get(principal.tenantId);
  const models = principal.canCallModels ? findModels(snapshot) : [];
  const found = [...findFunctions(snapshot, principal), ...models];
  const body = wire.id === "anthropic-messages" ? asAnthropicList(found) : asOpenAiList(found);
  return {
    status: 200,
    headers: { ...trace.headers, "content-type": "application/json" },
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
}

function findFunctions({ functions }: RoutingSnapshot, principal: Principal): Callable[] {
  const isCallable = (slug: string) => principal.functions.length === 0 || principal.functions.includes(slug);
  return [...functions.values()]
    .filter(({ slug }) => isCallable(slug))
    .map(({ slug, name }) => ({ id: slug, name, owner: "switchyard" }));
}

/** The catalog's of every provider that a call may go to, and what the tenant's own connections have besides. */
function findModels(snapshot: RoutingSnapshot): Callable[] {
  const { connections, demoConnection, models } = snapshot;
  const isSimulated = demoConnection !== null && isUsable(snapshot, demoConnection, "");
  const isServed = (provider: string, model: string) =>
    connections.some((connection) => connection.provider === provider && isUsable(snapshot, connection, model));
  const known = [...models.values()].filter(({ provider, id }) => isSimulated || isServed(provider, id));
  const found = new Map(
    known.map(({ provider, id, name }) => [`${provider}/${id}`, { id: `${provider}/${id}`, name, owner: provider }]),
  );
  for (const connection of connections) {
    const { provider } = connection;
    for (const model of connection.models.filter((own) => isUsable(snapshot, connection, own))) {
      const id = `${provider}/${model}`;
      if (!found.has(id)) found.set(id, { id, name: model, owner: provider });
    }
  }
  return [...found.values()];
}

/** Whether a direct call may go to it: what every call would be refused is no offer. */
function isUsable(snapshot: RoutingSnapshot, connection: Connection, model: string): boolean {
  const isInside = modelResidencyReason(snapshot.residency, connection, model) === null;
  return isOfMode(snapshot, connection) && isInside && connection.unopened === null;
}

/** Neither functions nor models have a creation date that we know: the field is required, and zero says so. */
function asOpenAiList(found: readonly Callable[]) {
  const data = found.map(({ id, owner }) => ({ id, object: "model", created: 0, owned_by: owner }));
  return { object: "list", data };
}

/** All on one page. */
function asAnthropicList(found: readonly Callable[]) {
  const created_at = new Date(0).toISOString();
  const data = found.map(({ id, name }) => ({ type: "model", id, display_name: name, created_at }));
  return { data, has_more: false, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
}
