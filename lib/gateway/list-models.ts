import { authenticate } from "./authenticate.ts";
import type { GatewayCall, GatewayReply } from "./contract/call.ts";
import type { Connection, Principal, RoutingSnapshot } from "./contract/snapshot.ts";
import { GatewayError } from "./errors.ts";
import type { GatewayPorts } from "./ports.ts";
import { isOfMode } from "./routing/candidates.ts";
import { modelResidencyReason } from "./routing/residency.ts";
import { LISTING, shorten } from "./routing/resolve-work.ts";
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
  const found = await findCallables(ports, call);
  return reply(trace, isAnthropic(wire) ? asAnthropicList(found) : asOpenAiList(found));
}

/** What stands below it is the name of one entry of the list, which may hold slashes itself. */
export const BELOW_LIST = "/v1/models/";

/** `GET /v1/models/{model}`: that entry. Throws `model_not_found` where the key may not call it either. */
export async function retrieveModel(
  ports: GatewayPorts,
  wire: Wire,
  call: GatewayCall,
  trace: CallTrace,
): Promise<GatewayReply> {
  const found = await findCallables(ports, call);
  const asked = decode(call.path.slice(BELOW_LIST.length));
  const one = found.find(({ id }) => id === asked);
  if (one === undefined) {
    const message = `There is no \`${shorten(asked)}\` that this key may call. ${LISTING}`;
    throw new GatewayError("model_not_found", message, { param: "model" });
  }
  return reply(trace, isAnthropic(wire) ? asAnthropicModel(one) : asOpenAiModel(one));
}

/** The official clients encode the slashes of a name, a person does not. What is no encoding stands for itself. */
function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function reply({ headers }: CallTrace, body: object): GatewayReply {
  return {
    status: 200,
    headers: { ...headers, "content-type": "application/json" },
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
}

function isAnthropic({ id }: Wire): boolean {
  return id === "anthropic-messages";
}

async function findCallables(ports: GatewayPorts, call: GatewayCall): Promise<Callable[]> {
  const principal = await authenticate(ports, call);
  const snapshot = await ports.snapshots.get(principal.tenantId);
  const models = principal.canCallModels ? findModels(snapshot) : [];
  return [...findFunctions(snapshot, principal), ...models];
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
function asOpenAiModel({ id, owner }: Callable) {
  return { id, object: "model", created: 0, owned_by: owner };
}

function asOpenAiList(found: readonly Callable[]) {
  return { object: "list", data: found.map(asOpenAiModel) };
}

function asAnthropicModel({ id, name }: Callable) {
  return { type: "model", id, display_name: name, created_at: new Date(0).toISOString() };
}

/** All on one page. */
function asAnthropicList(found: readonly Callable[]) {
  const data = found.map(asAnthropicModel);
  return { data, has_more: false, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
}
