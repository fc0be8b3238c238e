import { authenticate } from "./authenticate.ts";
import type { GatewayCall, GatewayReply } from "./contract/call.ts";
import type { GatewayPorts } from "./ports.ts";
import { isOfMode } from "./routing/candidates.ts";
import type { CallTrace } from "./trace.ts";
import type { Wire } from "./wires/wire.ts";

/** `GET /v1/models`: the functions and models that this key may call, in OpenAI's shape. */
export async function listModels(
  ports: GatewayPorts,
  _wire: Wire,
  call: GatewayCall,
  trace: CallTrace,
): Promise<GatewayReply> {
  const principal = await authenticate(ports, call);
  const snapshot = await ports.snapshots.get(principal.tenantId);
  const isCallable = (slug: string) => principal.functions.length === 0 || principal.functions.includes(slug);
  const isServed = (provider: string) =>
    (snapshot.demoConnection !== null && isOfMode(snapshot, snapshot.demoConnection)) ||
    snapshot.connections.some((connection) => connection.provider === provider && isOfMode(snapshot, connection));
  const functions = [...snapshot.functions.keys()].filter(isCallable).map((slug) => entry(slug, "switchyard"));
  const models = principal.canCallModels
    ? [...snapshot.models.values()]
        .filter(({ provider }) => isServed(provider))
        .map(({ provider, id }) => entry(`${provider}/${id}`, provider))
    : [];
  const body = JSON.stringify({ object: "list", data: [...functions, ...models] });
  return {
    status: 200,
    headers: { ...trace.headers, "content-type": "application/json" },
    body: new TextEncoder().encode(body),
  };
}

/** Neither functions nor models have a creation date that we know: the field is required, and zero says so. */
function entry(id: string, owner: string) {
  return { id, object: "model", created: 0, owned_by: owner };
}
